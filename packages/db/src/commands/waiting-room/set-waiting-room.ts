import { eq } from 'drizzle-orm';
import type { Db, Tx } from '../../client.ts';
import { waitingPlaces, waitingRooms } from '../../schema/index.ts';
import { type Actor, writeAudit } from '../audit/write-audit.ts';
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
  by: Actor | null = null,
): Promise<SetWaitingRoomResult> {
  return transact<SetWaitingRoomResult>(db, async (tx) => {
    const created = await tx
      .insert(waitingRooms)
      .values({ eventId, ...settings })
      .onConflictDoNothing()
      .returning({ eventId: waitingRooms.eventId });
    const room = await lockRoom(tx, eventId);
    if (!room) throw new Error('a waiting room was not written');
    if (room.closedAt !== null) {
      await tx.delete(waitingPlaces).where(eq(waitingPlaces.eventId, eventId));
      const anew = { drawnAt: null, lastNo: 0, calledNo: 0, calledAt: null, closedAt: null };
      await tx
        .update(waitingRooms)
        .set({ ...settings, ...anew })
        .where(eq(waitingRooms.eventId, eventId));
      await tell(tx, by, eventId, null, settings);
      return { ok: true };
    }
    if (room.drawnAt !== null && room.opensAt.getTime() !== settings.opensAt.getTime()) {
      return { ok: false, code: 'already_drawn', opensAt: room.opensAt };
    }
    await tx.update(waitingRooms).set(settings).where(eq(waitingRooms.eventId, eventId));
    await tell(tx, by, eventId, created.length > 0 ? null : room, settings);
    return { ok: true };
  });
}

async function tell(
  tx: Tx,
  by: Actor | null,
  eventId: bigint,
  room: WaitingRoomSettings | null,
  after: WaitingRoomSettings,
): Promise<void> {
  if (!by) return;
  const before = room && settingsOf(room);
  const subject = { eventId, subjectKind: 'event', subjectId: eventId };
  await writeAudit(tx, by, {
    ...{ action: 'waitingRoom.set', ...subject, before, after: settingsOf(after) },
  });
}

function settingsOf({ opensAt, perMinuteMax, shoppersMax, turnSeconds }: WaitingRoomSettings) {
  return { opensAt, perMinuteMax, shoppersMax, turnSeconds };
}
