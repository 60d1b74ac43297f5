import {
  codeOf,
  covers,
  findVouchers,
  isUsable,
  leftOf,
  reveals,
  type StoreEvent,
  type VoucherRow,
} from '@catraca/db';
import { discountOf } from '@catraca/domain';
import { z } from 'zod';
import { refuse } from '../errors.ts';
import { eventSlug } from '../event/limits.ts';
import { storeType } from '../event/store-type.ts';
import { publicProcedure } from '../trpc.ts';

/** Characters of a code as somebody types it. */
export const codeLengthMax = 40;

export const codeInput = z.string().trim().min(1).max(codeLengthMax);

/**
 * What a code does for who typed it: the types that it shows, and the prices that it lowers. It is a query, and still counted: who guesses
 * is slowed down with `too_often`.
 */
export const redeemCode = publicProcedure
  .input(z.object({ slug: eventSlug, code: codeInput }))
  .query(async ({ ctx, input }) => {
    if (!ctx.redeeming.take(ctx.buyer.networkKey, ctx.now)) refuse('too_often');
    const found = await ctx.board.event(input.slug);
    if (!found) refuse('not_found');
    const code = codeOf(input.code);
    const [voucher] = await findVouchers(ctx.db, [{ eventId: found.event.id, code }]);
    if (!voucher || !isUsable(voucher, ctx.now)) refuse('unknown_code');
    const left = leftOf(voucher);
    if (left === 0) refuse('code_used_up', { left });
    return { code, left, types: typesOf(found, voucher) };
  });

/** All that the code is about, each with its price before. */
function typesOf({ types }: StoreEvent, voucher: VoucherRow) {
  return types
    .filter(({ id, hidden, channels }) => {
      if (!channels.includes('web')) return false;
      return hidden ? reveals(voucher, id) : voucher.kind !== 'access' && covers(voucher, id);
    })
    .map((type) => ({
      ...storeType(type),
      priceMinor: type.priceMinor - discountOf(voucher, type.priceMinor),
      /** Without the code. */
      fullPriceMinor: type.priceMinor,
    }));
}
