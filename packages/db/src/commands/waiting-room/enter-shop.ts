import { placeState } from '@catraca/domain';
import { and, eq, isNotNull, isNull } from 'drizzle-orm';
import type { Db, Tx } from '../../client.ts';
import { waitingPlaces, waitingRooms } from '../../schema/index.ts';
import { transact } from '../transact.ts';

export type EnterResult =
  /** The turn ends at `until`, however often it is asked for. */
  | { ok: true; until: Date }
  | { ok: false; code: 'unknown_place' | 'not_called' | 'turn_over' }
  /** The shop is open to all. */
  | { ok: false; code: 'no_room' };

/** A place that was called goes in: from now on its turn runs. */
export async function enterShop(db: Db, publicId: string, now: Date): Promise<EnterResult> {
  return transact<EnterResult>(db, async (tx) => {
    const found = await lockPlace(tx, publicId);
    if (!found) return { ok: false, code: 'unknown_place' };
    const { place, room } = found;
    if (room.closedAt !== null) return { ok: false, code: 'no_room' };
    const facts = {
      no: place.no,
      calledAt: place.calledAt?.getTime() ?? null,
      enteredAt: place.enteredAt?.getTime() ?? null,
      endedAt: place.endedAt?.getTime() ?? null,
    };
    const state = placeState(facts, room.turnSeconds, now.getTime());
    switch (state.kind) {
      case 'before_draw':
      case 'waiting':
        return { ok: false, code: 'not_called' };
      case 'ended':
        return { ok: false, code: 'turn_over' };
      case 'entered':
        return { ok: true, until: new Date(state.until) };
      case 'called':
        await tx
          .update(waitingPlaces)
          .set({ enteredAt: now })
          .where(eq(waitingPlaces.id, place.id));
        return { ok: true, until: new Date(now.getTime() + room.turnSeconds * 1000) };
    }
  });
}

/** The turn that passes at this moment is ended by whoever calls: it waits for this lock, and looks again. */
async function lockPlace(tx: Tx, publicId: string) {
  const [found] = await tx
    .select({ place: waitingPlaces, room: waitingRooms })
    .from(waitingPlaces)
    .innerJoin(waitingRooms, eq(waitingRooms.eventId, waitingPlaces.eventId))
    .where(eq(waitingPlaces.publicId, publicId))
    .for('no key update', { of: waitingPlaces });
  return found;
}

/** Gives up a turn, so that the next one may come. False when the place was not called, or its turn is over. */
export async function endTurn(db: Db, publicId: string, now: Date): Promise<boolean> {
  const ended = await db
    .update(waitingPlaces)
    .set({ endedAt: now })
    .where(
      and(
        eq(waitingPlaces.publicId, publicId),
        isNotNull(waitingPlaces.calledAt),
        isNull(waitingPlaces.endedAt),
      ),
    )
    .returning({ id: waitingPlaces.id });
  return ended.length > 0;
}
