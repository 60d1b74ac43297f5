import { and, eq, inArray } from 'drizzle-orm';
import type { DbOrTx } from '../client.ts';
import { waitingPlaces } from '../schema/index.ts';
import { hasBought } from './has-bought.ts';

/** These places of an event's waiting room: for many viewers in one question. */
export function listWaitingPlaces(db: DbOrTx, eventId: bigint, publicIds: readonly string[]) {
  return db
    .select({
      publicId: waitingPlaces.publicId,
      no: waitingPlaces.no,
      calledAt: waitingPlaces.calledAt,
      enteredAt: waitingPlaces.enteredAt,
      endedAt: waitingPlaces.endedAt,
      bought: hasBought,
    })
    .from(waitingPlaces)
    .where(
      and(eq(waitingPlaces.eventId, eventId), inArray(waitingPlaces.publicId, [...publicIds])),
    );
}

export type ListedPlace = Awaited<ReturnType<typeof listWaitingPlaces>>[number];
