import { sql } from 'drizzle-orm';
import type { DbOrTx } from '../client.ts';

/** Whether an event came from the cloud to this venue, where nobody changes what it is. */
export async function isSetUpElsewhere(db: DbOrTx, eventId: bigint): Promise<boolean> {
  const found = await db.execute(sql`
    select from shared_events s join sites here on here.is_local and here.kind = 'venue' where s.event_id = ${eventId}`);
  return found.length > 0;
}
