import { and, asc, eq } from 'drizzle-orm';
import type { DbOrTx } from '../client.ts';
import { areas, checkpoints, eventDays, events, venuePlans } from '../schema/index.ts';

/** Everything about an event's venue that a map draws once; what moves comes over the live feed. */
export async function findVenuePlan(db: DbOrTx, organizationId: string, slug: string) {
  const [event] = await db
    .select({ id: events.id, slug: events.slug, name: events.name, timeZone: events.timeZone })
    .from(events)
    .where(and(eq(events.slug, slug), eq(events.organizationId, organizationId)));
  if (!event) return undefined;
  const [[plan], areaRows, checkpointRows, days] = await Promise.all([
    db.select().from(venuePlans).where(eq(venuePlans.eventId, event.id)),
    db.select().from(areas).where(eq(areas.eventId, event.id)).orderBy(asc(areas.no)),
    db
      .select()
      .from(checkpoints)
      .where(eq(checkpoints.eventId, event.id))
      .orderBy(asc(checkpoints.no)),
    db.select().from(eventDays).where(eq(eventDays.eventId, event.id)).orderBy(asc(eventDays.no)),
  ]);
  return { event, plan: plan ?? null, areas: areaRows, checkpoints: checkpointRows, days };
}

export type VenuePlan = NonNullable<Awaited<ReturnType<typeof findVenuePlan>>>;
