import { beginCheckout, findHold, type HolderNames, type StoreHold } from '@catraca/db';
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
  .mutation(async ({ ctx, input }) => {
    const holdPublicId = ctx.cart.holdPublicId;
    const hold = holdPublicId && (await findHold(ctx.db, holdPublicId));
    if (!hold) refuse('hold_ended');
    const holders = holderNames(hold, input.holders);
    const { buyer, locale } = input;
    const result = await beginCheckout(
      ctx.db,
      { holdPublicId: hold.publicId, buyer, holders, locale },
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
    }
  });

function holderNames(hold: StoreHold, given: z.infer<typeof holdersInput>): HolderNames[] {
  return given.map(({ typeNo, seatId, names }) => {
    const line = hold.lines.find((held) => held.typeNo === typeNo);
    if (!line) refuse('malformed_cart');
    return {
      typeId: line.typeId,
      seatId: seatId === undefined ? undefined : BigInt(seatId),
      names,
    };
  });
}
