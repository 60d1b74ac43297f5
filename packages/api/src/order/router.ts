import { router } from '../trpc.ts';
import { beginOrder } from './begin-order.ts';

/** What becomes of a cart. */
export const orderRouter = router({
  begin: beginOrder,
});
