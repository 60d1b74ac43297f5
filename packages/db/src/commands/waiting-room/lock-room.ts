import { eq } from 'drizzle-orm';
import type { Tx } from '../../client.ts';
import { waitingRooms } from '../../schema/index.ts';

export type WaitingRoomRow = typeof waitingRooms.$inferSelect;

/*
 * Whoever gives out numbers or moves them on has the room's row locked: joins, the draw and the calls of one room follow
 * one another, whichever process they come from. Places are locked after their room, never before it; going in locks one
 * place and no room.
 */

/** The room of an event, locked. Joins are made in batches, so nobody waits for it long. */
export async function lockRoom(tx: Tx, eventId: bigint): Promise<WaitingRoomRow | undefined> {
  const [room] = await tx
    .select()
    .from(waitingRooms)
    .where(eq(waitingRooms.eventId, eventId))
    .for('no key update');
  return room;
}
