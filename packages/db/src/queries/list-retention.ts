import { eq, max, sql } from 'drizzle-orm';
import type { DbOrTx } from '../client.ts';
import { eventDays, events, persons } from '../schema/index.ts';

/** How long each event of an organization keeps its people, and how many it has: the latest event first. */
export async function listRetention(db: DbOrTx, organizationId: string) {
  const lastDay = max(eventDays.endsAt);
  return db
    .select({
      slug: events.slug,
      name: events.name,
      timeZone: events.timeZone,
      version: events.version,
      days: events.retentionDays,
      lastDay,
      people: sql<number>`(select count(*)::int from ${persons} where ${persons.eventId} = ${events.id} and ${persons.erasedAt} is null)`,
    })
    .from(events)
    .leftJoin(eventDays, eq(eventDays.eventId, events.id))
    .where(eq(events.organizationId, organizationId))
    .groupBy(events.id)
    .orderBy(sql`${lastDay} desc nulls first`, events.id);
}
