import { eq } from 'drizzle-orm';
import type { Db } from '../../client.ts';
import { waitingPlaces, waitingRooms } from '../../schema/index.ts';
import { transact } from '../transact.ts';
import { lockRoom } from './lock-room.ts';

export interface WaitingRoomSettings {
  opensAt: Date;
  perMinuteMax: number;
  shoppersMax: number;
  turnSeconds: number;
}

export type SetWaitingRoomResult =
  | { ok: true }
  /** The draw was held: when it is held cannot be changed any more. */
  | { ok: false; code: 'already_drawn'; opensAt: Date };

/**
 * Puts a waiting room before an event's shop, or changes the one that is there. In place of one that was closed it is a new
 * one: the places of the old one go, and whoever had one waits like everybody else.
 */
export async function setWaitingRoom(
  db: Db,
  eventId: bigint,
  settings: WaitingRoomSettings,
): Promise<SetWaitingRoomResult> {
  return transact<SetWaitingRoomResult>(db, async (tx) => {
    await tx
      .insert(waitingRooms)
      .values({ eventId, ...settings })
      .onConflictDoNothing();
    const room = await lockRoom(tx, eventId);
    if (!room) throw new Error('a waiting room was not written');
    if (room.closedAt !== null) {
      await tx.delete(waitingPlaces).where(eq(waitingPlaces.eventId, eventId));
      const anew = { drawnAt: null, lastNo: 0, calledNo: 0, calledAt: null, closedAt: null };
      await tx
        .update(waitingRooms)
        .set({ ...settings, ...anew })
        .where(eq(waitingRooms.eventId, eventId));
      return { ok: true };
    }
    if (room.drawnAt !== null && room.opensAt.getTime() !== settings.opensAt.getTime()) {
      return { ok: false, code: 'already_drawn', opensAt: room.opensAt };
    }
    await tx.update(waitingRooms).set(settings).where(eq(waitingRooms.eventId, eventId));
    return { ok: true };
  });
}
