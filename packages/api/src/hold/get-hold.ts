import { publicProcedure } from '../trpc.ts';
import { readCart } from './read-cart.ts';

/**
 * The buyer's cart: what is held for them and until when, or what was, when the time ran out; null when there is none.
 * `now` is this site's clock, so that a countdown does not depend on the buyer's.
 */
export const getHold = publicProcedure.query(({ ctx }) => readCart(ctx));
