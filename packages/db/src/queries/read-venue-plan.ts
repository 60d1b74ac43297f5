import { asc, eq } from 'drizzle-orm';
import type { DbOrTx } from '../client.ts';
import { areas, checkpoints, eventDays, venuePlans } from '../schema/index.ts';

/** Everything about an event's venue that a map draws once; what moves comes over the live feed. */
export async function readVenuePlan(db: DbOrTx, eventId: bigint) {
  const [[plan], areaRows, checkpointRows, days] = await Promise.all([
    db.select().from(venuePlans).where(eq(venuePlans.eventId, eventId)),
    db.select().from(areas).where(eq(areas.eventId, eventId)).orderBy(asc(areas.no)),
    db
      .select()
      .from(checkpoints)
      .where(eq(checkpoints.eventId, eventId))
      .orderBy(asc(checkpoints.no)),
    db.select().from(eventDays).where(eq(eventDays.eventId, eventId)).orderBy(asc(eventDays.no)),
  ]);
  return { plan: plan ?? null, areas: areaRows, checkpoints: checkpointRows, days };
}
