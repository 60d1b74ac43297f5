import { beginCheckout } from '@catraca/db';
import { z } from 'zod';
import { refuse } from '../errors.ts';
import { publicProcedure } from '../trpc.ts';
import { buyerInput, holdersInput } from './limits.ts';

/**
 * Makes the buyer's hold into an order that waits for its payment, at the prices of this moment. Called again for the
 * same hold it changes who buys and who holds. `hold_ended`: the time ran out; nothing was ordered and nothing is owed.
 */
export const beginOrder = publicProcedure
  .input(
    z.object({
      buyer: buyerInput,
      holders: holdersInput,
      locale: z.enum(['en', 'pt-br', 'es']),
    }),
  )
  .mutation(async ({ ctx, input: { buyer, holders, locale } }) => {
    const { holdPublicId } = ctx.cart;
    if (holdPublicId === null) refuse('hold_ended');
    const names = holders.map(({ seatId, ...ofType }) => ({
      ...ofType,
      seatId: seatId === undefined ? undefined : BigInt(seatId),
    }));
    const buyerKey = ctx.limitKeys.buyer(buyer.email);
    const result = await beginCheckout(
      ctx.db,
      { holdPublicId, buyer, buyerKey, holders: names, locale },
      ctx.now,
    );
    if (result.ok)
      return { orderPublicId: result.order.publicId, totalMinor: result.order.totalMinor };
    switch (result.code) {
      case 'unknown_hold':
      case 'hold_expired':
        return refuse('hold_ended');
      case 'already_paid':
        return refuse('already_paid');
      case 'holders_mismatch':
        return refuse('malformed_cart');
      case 'code_used_up':
        return refuse('code_used_up', { left: result.left });
      case 'over_limit':
        return refuse('over_limit', { kind: result.kind, max: result.max, have: result.have });
      case 'busy':
        return refuse('busy');
    }
  });
