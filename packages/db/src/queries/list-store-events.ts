import { and, asc, eq, gt, max, min, sql } from 'drizzle-orm';
import type { DbOrTx } from '../client.ts';
import { eventDays, events, passTypes } from '../schema/index.ts';

/** More than a storefront's front page should ever show; the next ones by date win. */
const eventsMax = 60;

/**
 * Published events that are not over at `now`, the next first: what the front page of the storefront shows.
 * `fromMinor` is the cheapest ticket with its fee, null when none is sold.
 */
export async function listStoreEvents(db: DbOrTx, now: Date) {
  const startsAt = sql<Date>`${min(eventDays.startsAt)}`.mapWith(eventDays.startsAt);
  const lastDayStartsAt = sql<Date>`${max(eventDays.startsAt)}`.mapWith(eventDays.startsAt);
  const cheapest = db
    .select({ minor: sql`min(${passTypes.priceMinor} + ${passTypes.feeMinor})` })
    .from(passTypes)
    .where(and(eq(passTypes.eventId, events.id), eq(passTypes.kind, 'ticket')));
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
      fromMinor: sql<number | null>`${cheapest}`.mapWith(passTypes.priceMinor),
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
