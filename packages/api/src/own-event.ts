import { findOwnEvent, type OwnEvent } from '@catraca/db';
import { z } from 'zod';
import type { ApiContext, Member } from './context.ts';
import { refuse } from './errors.ts';

/** Every procedure of members about one event names it so. */
export const ownEventInput = z.object({ eventSlug: z.string().min(1).max(200) });

/**
 * The event a member asks about. An event of another organization, or one the member does not work at, is `not_found`, as one that
 * never was: what follows may trust its id.
 */
export async function ownEvent(
  ctx: ApiContext & { member: Member },
  input: z.infer<typeof ownEventInput>,
): Promise<OwnEvent> {
  const event = await findOwnEvent(ctx.db, ctx.member.organizationId, input.eventSlug);
  return event && worksAt(ctx.member, event.id) ? event : refuse('not_found');
}

/** Whether an event of the organization is one the member works at. */
export function worksAt({ limits }: Pick<Member, 'limits'>, eventId: bigint): boolean {
  return limits === null || limits.has(eventId);
}

/** The checkpoints of an event that a member works at; null for all of them. */
export function ownCheckpoints(
  { limits }: Pick<Member, 'limits'>,
  eventId: bigint,
): readonly bigint[] | null {
  return limits?.get(eventId) ?? null;
}

/** Whether a member works at a checkpoint of an event that `ownEvent` gave. */
export function worksAtCheckpoint(
  member: Pick<Member, 'limits'>,
  eventId: bigint,
  checkpointId: bigint,
): boolean {
  return ownCheckpoints(member, eventId)?.includes(checkpointId) ?? true;
}
