import { router } from '../trpc.ts';
import { beginOrder } from './begin-order.ts';
import { findOrder } from './find-order.ts';
import { mailAgain } from './mail-again.ts';
import { exportOrders } from '../csv/export-rows.ts';
import { refundOrder } from './refund-order.ts';
import { resendMail } from './resend-mail.ts';
import { searchOrders } from './search-orders.ts';
import { viewOrder } from './view-order.ts';

/** What becomes of a cart, for its buyer and for the desk. */
export const orderRouter = router({
  begin: beginOrder,
  view: viewOrder,
  mailAgain,
  search: searchOrders,
  find: findOrder,
  resendMail,
  refund: refundOrder,
  export: exportOrders,
});
