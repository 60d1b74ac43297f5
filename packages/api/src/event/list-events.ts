import { listStoreEvents } from '@catraca/db';
import { publicProcedure } from '../trpc.ts';
import { storeLook } from './store-look.ts';

/** Events to buy tickets for, the next first. `fromMinor` and `toMinor` are all-in prices, null when no ticket is sold. */
export const listEvents = publicProcedure.query(async ({ ctx }) => {
  const events = await listStoreEvents(ctx.db, ctx.now);
  return events.map((event) => ({ ...event, look: storeLook(event.look) }));
});
