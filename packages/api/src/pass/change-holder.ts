import {
  loadSigningKey,
  renameHolder,
  resendPass as resend,
  transferPass as transfer,
} from '@catraca/db';
import { z } from 'zod';
import { actorOf } from '../actor.ts';
import type { ApiContext } from '../context.ts';
import { refuse } from '../errors.ts';
import { memberProcedure } from '../trpc.ts';
import { ownPass, ownPassInput, reasonInput } from './own-pass.ts';

const nameLengthMax = 120;
const emailLengthMax = 254;

export const holderName = z.string().trim().min(2).max(nameLengthMax);

/** Puts the holder's name right: it is the same person, and the codes stay. */
export const renamePass = memberProcedure
  .input(ownPassInput.extend({ name: holderName, reason: reasonInput }))
  .mutation(async ({ ctx, input }) => {
    const { pass } = await ownPass(ctx, input);
    const act = { userId: ctx.member.userId, reason: input.reason };
    const result = await renameHolder(ctx.db, pass.id, input.name, ctx.now, act, actorOf(ctx));
    if (!result.ok) refuse('not_found');
  });

/** Gives the pass to another person, with new codes: the new holder gets them by mail, and who had it is told. */
export const transferPass = memberProcedure
  .input(
    ownPassInput.extend({
      name: holderName,
      email: z.email().max(emailLengthMax),
      reason: reasonInput,
    }),
  )
  .mutation(async ({ ctx, input }) => {
    const { pass } = await ownPass(ctx, input);
    const act = { userId: ctx.member.userId, reason: input.reason };
    const to = { name: input.name, email: input.email };
    const key = await signingKeyOf(ctx);
    const result = await transfer(ctx.db, pass.id, to, key, ctx.now, act, actorOf(ctx));
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
      case 'issued_elsewhere':
        return refuse('sold_elsewhere');
    }
  });

/** Sends the pass once more, to its holder or, where there is no address, to who bought it. */
export const resendPass = memberProcedure.input(ownPassInput).mutation(async ({ ctx, input }) => {
  const { pass } = await ownPass(ctx, input);
  const result = await resend(ctx.db, pass.id, ctx.now, actorOf(ctx));
  if (result.ok) return;
  switch (result.code) {
    case 'unknown_pass':
      return refuse('not_found');
    case 'not_valid':
      return refuse('pass_not_valid');
    case 'already_queued':
      return refuse('mail_on_its_way');
  }
});

export async function signingKeyOf(ctx: ApiContext) {
  const loaded = await loadSigningKey(ctx.db, ctx.masterKey);
  if (!loaded.ok) throw new Error(`the signing key cannot be used: ${loaded.code}`);
  return loaded.key;
}
