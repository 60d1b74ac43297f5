import { and, eq, isNotNull, isNull } from 'drizzle-orm';
import type { DbOrTx } from '../client.ts';
import { events, waitingPlaces, waitingRooms } from '../schema/index.ts';

/**
 * An event's waiting room while it is on (`room` is null otherwise), with the places whose turn it is: as many as
 * `shoppers_max` at most. What the shop's door knows by heart.
 */
export async function findWaitingRoom(db: DbOrTx, slug: string) {
  const [found] = await db
    .select({ eventId: events.id, organizationId: events.organizationId, room: waitingRooms })
    .from(events)
    .leftJoin(waitingRooms, and(eq(waitingRooms.eventId, events.id), isNull(waitingRooms.closedAt)))
    .where(eq(events.slug, slug));
  if (!found) return undefined;
  return { ...found, shopping: found.room ? await listShopping(db, found.eventId) : [] };
}

function listShopping(db: DbOrTx, eventId: bigint) {
  return db
    .select({
      id: waitingPlaces.id,
      publicId: waitingPlaces.publicId,
      no: waitingPlaces.no,
      calledAt: waitingPlaces.calledAt,
      enteredAt: waitingPlaces.enteredAt,
      endedAt: waitingPlaces.endedAt,
    })
    .from(waitingPlaces)
    .where(
      and(
        eq(waitingPlaces.eventId, eventId),
        isNotNull(waitingPlaces.calledAt),
        isNull(waitingPlaces.endedAt),
      ),
    );
}

export type FoundWaitingRoom = NonNullable<Awaited<ReturnType<typeof findWaitingRoom>>>;
