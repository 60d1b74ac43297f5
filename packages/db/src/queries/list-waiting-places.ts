import { and, eq, inArray, sql } from 'drizzle-orm';
import type { DbOrTx } from '../client.ts';
import { holds, waitingPlaces } from '../schema/index.ts';

/** These places of an event's waiting room: for many viewers in one question. */
export function listWaitingPlaces(db: DbOrTx, eventId: bigint, publicIds: readonly string[]) {
  const { id } = waitingPlaces;
  return db
    .select({
      publicId: waitingPlaces.publicId,
      no: waitingPlaces.no,
      calledAt: waitingPlaces.calledAt,
      enteredAt: waitingPlaces.enteredAt,
      endedAt: waitingPlaces.endedAt,
      bought: sql<boolean>`exists (select from ${holds} where ${holds.waitingPlaceId} = ${id} and ${holds.state} = 'sold')`,
    })
    .from(waitingPlaces)
    .where(
      and(eq(waitingPlaces.eventId, eventId), inArray(waitingPlaces.publicId, [...publicIds])),
    );
}

export type ListedPlace = Awaited<ReturnType<typeof listWaitingPlaces>>[number];
