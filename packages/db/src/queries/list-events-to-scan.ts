import { and, asc, eq, inArray, max, min } from 'drizzle-orm';
import type { DbOrTx } from '../client.ts';
import { eventDays, events } from '../schema/index.ts';

/** Events of an organization that a device may be enrolled for, the one that ends first before the others. */
export async function listEventsToScan(db: DbOrTx, organizationId: string) {
  return db
    .select({
      id: events.id,
      slug: events.slug,
      name: events.name,
      timeZone: events.timeZone,
      startsAt: min(eventDays.startsAt),
      endsAt: max(eventDays.endsAt),
    })
    .from(events)
    .leftJoin(eventDays, eq(eventDays.eventId, events.id))
    .where(
      and(
        eq(events.organizationId, organizationId),
        inArray(events.status, ['draft', 'published', 'closed']),
      ),
    )
    .groupBy(events.id)
    .orderBy(asc(max(eventDays.endsAt)), asc(events.id));
}
