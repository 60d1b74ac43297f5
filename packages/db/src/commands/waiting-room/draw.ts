import { eq, sql } from 'drizzle-orm';
import type { Tx } from '../../client.ts';
import { waitingPlaces, waitingRooms } from '../../schema/index.ts';
import type { WaitingRoomRow } from './lock-room.ts';

/**
 * Numbers everybody who is there (SPEC W-2), when it is time and nobody did: first each network's first place in random
 * order, then the second ones, and so on. The lots are PostgreSQL's strong random numbers. The numbers and each place's
 * `network_no` are kept, so that the order can be checked afterwards. The room is locked; returns it as it is then.
 */
export async function drawIfDue(tx: Tx, room: WaitingRoomRow, now: Date): Promise<WaitingRoomRow> {
  if (room.drawnAt !== null || now < room.opensAt) return room;
  const drawn = await tx.execute(sql`
    with lots as (
      select id, row_number() over (order by network_no, gen_random_uuid()) as no
      from ${waitingPlaces} where event_id = ${room.eventId} and ended_at is null
    )
    update ${waitingPlaces} set no = lots.no from lots where waiting_places.id = lots.id`);
  const numbered = { drawnAt: now, lastNo: drawn.count };
  await tx.update(waitingRooms).set(numbered).where(eq(waitingRooms.eventId, room.eventId));
  return { ...room, ...numbered };
}
