import { revokePass as revoke } from '@catraca/db';
import { actorOf } from '../actor.ts';
import { refuse } from '../errors.ts';
import { memberProcedure } from '../trpc.ts';
import { ownPass, ownPassInput, reasonInput } from './own-pass.ts';

/** From the next scan on the pass admits nobody. Revoked again, it stays revoked. */
export const revokePass = memberProcedure
  .input(ownPassInput.extend({ reason: reasonInput }))
  .mutation(async ({ ctx, input }) => {
    const { pass } = await ownPass(ctx, input);
    const act = { userId: ctx.member.userId, reason: input.reason };
    const result = await revoke(ctx.db, pass.id, ctx.now, act, actorOf(ctx));
    if (result.ok) return;
    refuse(result.code === 'refunded' ? 'pass_refunded' : 'not_found');
  });
