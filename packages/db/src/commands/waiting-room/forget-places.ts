import { sql } from 'drizzle-orm';
import type { Db } from '../../client.ts';
import { waitingPlaces, waitingRooms } from '../../schema/index.ts';

/** The places of a room are kept for so long after it was closed: to look at the draw, and then no longer. */
const keptMs = 24 * 60 * 60 * 1000;

/** Deletes up to `max` places of rooms that were closed a day ago. Returns how many. */
export async function forgetPlaces(db: Db, now: Date, max: number): Promise<number> {
  const closedBy = new Date(now.getTime() - keptMs).toISOString();
  const gone = await db.execute(sql`
    delete from ${waitingPlaces} where id in (
      select place.id from ${waitingPlaces} as place
      join ${waitingRooms} using (event_id)
      where waiting_rooms.closed_at <= ${closedBy}::timestamptz limit ${max}
    )`);
  return gone.count;
}
