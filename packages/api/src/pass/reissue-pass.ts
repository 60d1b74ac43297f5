import { loadSigningKey, reissuePass as reissue } from '@catraca/db';
import { actorOf } from '../actor.ts';
import { refuse } from '../errors.ts';
import { memberProcedure } from '../trpc.ts';
import { ownPass, ownPassInput, reasonInput } from './own-pass.ts';

/** Gives the pass new codes; the old ones are dead at the same instant. The holder finds the new ones on the ticket page. */
export const reissuePass = memberProcedure
  .input(ownPassInput.extend({ reason: reasonInput }))
  .mutation(async ({ ctx, input }) => {
    const { pass } = await ownPass(ctx, input);
    const loaded = await loadSigningKey(ctx.db, ctx.masterKey);
    if (!loaded.ok) throw new Error(`the signing key cannot be used: ${loaded.code}`);
    const act = { userId: ctx.member.userId, reason: input.reason };
    const result = await reissue(ctx.db, pass.id, loaded.key, ctx.now, act, actorOf(ctx));
    if (result.ok) return;
    switch (result.code) {
      case 'unknown_pass':
        return refuse('not_found');
      case 'revoked':
        return refuse('pass_revoked');
      case 'refunded':
        return refuse('pass_refunded');
      case 'too_many_media':
        return refuse('pass_has_too_many_codes');
    }
  });
