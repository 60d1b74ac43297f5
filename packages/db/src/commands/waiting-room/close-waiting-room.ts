import { and, eq, isNull } from 'drizzle-orm';
import type { Db } from '../../client.ts';
import { waitingRooms } from '../../schema/index.ts';
import { type Actor, writeAudit } from '../audit/write-audit.ts';
import { transact } from '../transact.ts';

/** Opens the shop to all. False when there is no waiting room, or it was closed before. */
export async function closeWaitingRoom(
  db: Db,
  eventId: bigint,
  now: Date,
  by: Actor | null = null,
): Promise<boolean> {
  return transact<boolean>(db, async (tx) => {
    const closed = await tx
      .update(waitingRooms)
      .set({ closedAt: now })
      .where(and(eq(waitingRooms.eventId, eventId), isNull(waitingRooms.closedAt)))
      .returning({ eventId: waitingRooms.eventId });
    if (closed.length === 0) return false;
    const subject = { eventId, subjectKind: 'event', subjectId: eventId };
    if (by) await writeAudit(tx, by, { action: 'waitingRoom.close', ...subject });
    return true;
  });
}
