import { publicProcedure } from '../trpc.ts';

/** How a buyer may pay here, the first choice first. */
export const listProviders = publicProcedure.query(({ ctx }) => [...ctx.payments.offered]);
