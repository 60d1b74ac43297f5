import { findOwnEvent, type OwnEvent } from '@catraca/db';
import { z } from 'zod';
import type { ApiContext, Member } from './context.ts';
import { refuse } from './errors.ts';

/** Every procedure of members about one event names it so. */
export const ownEventInput = z.object({ eventSlug: z.string().min(1).max(200) });

/**
 * The event a member asks about. An event of another organization is `not_found`, as one that never was:
 * what follows may trust its id.
 */
export async function ownEvent(
  ctx: ApiContext & { member: Member },
  input: z.infer<typeof ownEventInput>,
): Promise<OwnEvent> {
  const event = await findOwnEvent(ctx.db, ctx.member.organizationId, input.eventSlug);
  return event ?? refuse('not_found');
}
