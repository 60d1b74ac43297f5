import { and, eq, isNull } from 'drizzle-orm';
import type { Db } from '../../client.ts';
import { waitingRooms } from '../../schema/index.ts';

/** Opens the shop to all. False when there is no waiting room, or it was closed before. */
export async function closeWaitingRoom(db: Db, eventId: bigint, now: Date): Promise<boolean> {
  const closed = await db
    .update(waitingRooms)
    .set({ closedAt: now })
    .where(and(eq(waitingRooms.eventId, eventId), isNull(waitingRooms.closedAt)))
    .returning({ eventId: waitingRooms.eventId });
  return closed.length > 0;
}
