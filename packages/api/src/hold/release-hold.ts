import { releaseHold as release } from '@catraca/db';
import { publicProcedure } from '../trpc.ts';

/** Empties the buyer's cart: what they held can be had by others at once. Also right when there was none. */
export const releaseHold = publicProcedure.mutation(async ({ ctx }) => {
  if (ctx.cart.holdPublicId !== null) {
    await release(ctx.db, ctx.cart.holdPublicId);
    ctx.board.forgetTaken();
  }
  ctx.cart.forget();
});
