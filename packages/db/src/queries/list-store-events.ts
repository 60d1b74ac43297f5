import { and, asc, eq, gt, max, min, sql, type SQL } from 'drizzle-orm';
import type { DbOrTx } from '../client.ts';
import { eventDays, events, passTypes } from '../schema/index.ts';

/** More than a storefront's front page should ever show; the next ones by date win. */
const eventsMax = 60;

/**
 * Published events that are not over at `now`, the next first: what the front page of the storefront shows.
 * `fromMinor` and `toMinor` are its cheapest and dearest ticket, fees included; null when none is sold.
 */
export async function listStoreEvents(db: DbOrTx, now: Date) {
  const startsAt = sql<Date>`${min(eventDays.startsAt)}`.mapWith(eventDays.startsAt);
  const lastDayStartsAt = sql<Date>`${max(eventDays.startsAt)}`.mapWith(eventDays.startsAt);
  const allIn = sql`${passTypes.priceMinor} + ${passTypes.feeMinor}`;
  const ofTickets = (price: SQL) =>
    sql<number | null>`${db
      .select({ price })
      .from(passTypes)
      .where(
        and(
          eq(passTypes.eventId, events.id),
          eq(passTypes.kind, 'ticket'),
          eq(passTypes.archived, false),
          eq(passTypes.hidden, false),
          sql`'web' = any(${passTypes.channels})`,
        ),
      )}`.mapWith(passTypes.priceMinor);
  return db
    .select({
      slug: events.slug,
      name: events.name,
      tagline: events.tagline,
      venueName: events.venueName,
      timeZone: events.timeZone,
      currency: events.currency,
      look: events.look,
      startsAt,
      lastDayStartsAt,
      fromMinor: ofTickets(sql`min(${allIn})`),
      toMinor: ofTickets(sql`max(${allIn})`),
    })
    .from(events)
    .innerJoin(eventDays, eq(eventDays.eventId, events.id))
    .where(eq(events.status, 'published'))
    .groupBy(events.id)
    .having(gt(max(eventDays.endsAt), sql.param(now, eventDays.endsAt)))
    .orderBy(asc(startsAt), asc(events.slug))
    .limit(eventsMax);
}

export type StoreEventCard = Awaited<ReturnType<typeof listStoreEvents>>[number];
