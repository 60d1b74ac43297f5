import { router } from '../trpc.ts';
import { redeemCode } from './redeem-code.ts';
import { listVouchers, saveVoucher } from './save-voucher.ts';

/** Codes that show hidden types or lower prices. */
export const voucherRouter = router({
  list: listVouchers,
  save: saveVoucher,
  redeem: redeemCode,
});
