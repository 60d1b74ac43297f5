import { desc, eq, sql } from 'drizzle-orm';
import type { DbOrTx } from '../client.ts';
import { eventDays, events, passTypes, stock } from '../schema/index.ts';

/** The events of an organization, drafts too, the one that begins last first, with units sold and for sale. */
export function listOwnEvents(db: DbOrTx, organizationId: string) {
  const days = db
    .select({
      eventId: eventDays.eventId,
      startsAt: sql`min(${eventDays.startsAt})`.mapWith(eventDays.startsAt).as('starts_at'),
      lastDayStartsAt: sql`max(${eventDays.startsAt})`
        .mapWith(eventDays.startsAt)
        .as('last_day_starts_at'),
    })
    .from(eventDays)
    .groupBy(eventDays.eventId)
    .as('days');
  const units = db
    .select({
      eventId: passTypes.eventId,
      sold: sql<number>`sum(${stock.sold})::int`.as('sold'),
      quantity: sql<number>`sum(${stock.quantity})::int`.as('quantity'),
    })
    .from(stock)
    .innerJoin(passTypes, eq(passTypes.id, stock.typeId))
    .groupBy(passTypes.eventId)
    .as('units');
  return db
    .select({
      id: events.id,
      slug: events.slug,
      name: events.name,
      status: events.status,
      venueName: events.venueName,
      timeZone: events.timeZone,
      currency: events.currency,
      startsAt: days.startsAt,
      lastDayStartsAt: days.lastDayStartsAt,
      sold: sql<number>`coalesce(${units.sold}, 0)`,
      quantity: sql<number>`coalesce(${units.quantity}, 0)`,
    })
    .from(events)
    .leftJoin(days, eq(days.eventId, events.id))
    .leftJoin(units, eq(units.eventId, events.id))
    .where(eq(events.organizationId, organizationId))
    .orderBy(desc(sql`coalesce(${days.startsAt}, ${events.createdAt})`), desc(events.id));
}
