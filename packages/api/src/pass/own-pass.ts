import { findOwnPass, type OwnPass } from '@catraca/db';
import { z } from 'zod';
import type { ApiContext, Member } from '../context.ts';
import { refuse } from '../errors.ts';
import { ownEvent, ownEventInput } from '../own-event.ts';

/** A pass of the member's event. */
export const ownPassInput = ownEventInput.extend({ passPublicId: z.uuid() });

/** Why something is done to a pass, in the member's words; kept in its history. */
export const reasonInput = z.string().trim().min(3).max(300);

/** The pass a member asks about; `not_found` when it is of another event or organization. */
export async function ownPass(
  ctx: ApiContext & { member: Member },
  input: z.infer<typeof ownPassInput>,
): Promise<OwnPass> {
  const event = await ownEvent(ctx, input);
  return (await findOwnPass(ctx.db, event.id, input.passPublicId)) ?? refuse('not_found');
}
