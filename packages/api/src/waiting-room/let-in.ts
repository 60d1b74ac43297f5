import type { ApiContext } from '../context.ts';
import { refuse } from '../errors.ts';
import { worksAt } from '../own-event.ts';
import { maySell } from '../roles.ts';
import { findOwnPlace, requireProof } from './own-place.ts';
import { viewPlace } from './room-view.ts';
import type { KnownRoom } from './waiting-rooms.ts';

/** Who sells at this event's desk need not wait: they serve the people who stand before them. */
export function isDesk(
  { member }: Pick<ApiContext, 'member'>,
  { organizationId, eventId }: Pick<KnownRoom, 'organizationId' | 'eventId'>,
): boolean {
  if (member?.organizationId !== organizationId) return false;
  return maySell(member.role) && worksAt(member, eventId);
}

/**
 * The door of an event's shop (SPEC W-13): refuses whoever may not hold its tickets now. Returns the row's id of the place that
 * lets them in, null where none is needed. All from memory: who has no place is sent away before any question to the database.
 */
export async function letIn(
  ctx: ApiContext,
  slug: string,
  proof: string | undefined,
): Promise<bigint | null> {
  const known = await ctx.waitingRooms.get(slug);
  if (!known || isDesk(ctx, known)) return null;
  const opensAt = known.room.opensAt.toISOString();
  const place = await findOwnPlace(ctx, slug);
  if (!place) refuse('waiting_room', { opensAt });
  const shopper =
    enteredShopper(known, place.publicId, ctx.now) ?? (await findLatest(ctx, slug, place.publicId));
  if (!shopper) refuse('waiting_room', { opensAt });
  await requireProof(ctx, place, 'hold', proof);
  return shopper.id;
}

function enteredShopper({ shoppers, room }: KnownRoom, publicId: string, now: Date) {
  const shopper = shoppers.get(publicId);
  if (!shopper) return undefined;
  return viewPlace(shopper, room.turnSeconds, now).kind === 'entered' ? shopper : undefined;
}

async function findLatest(ctx: ApiContext, slug: string, publicId: string) {
  const latest = await ctx.waitingRooms.getLatest(slug);
  return latest ? enteredShopper(latest, publicId, ctx.now) : undefined;
}
