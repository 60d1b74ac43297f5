import { router } from '../trpc.ts';
import { listProviders } from './list-providers.ts';
import { startPayment } from './start-payment.ts';

/** Collecting an order's money. What providers tell of it afterwards comes in by webhook. */
export const paymentRouter = router({
  providers: listProviders,
  start: startPayment,
});
