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
  const days = db.$with('days').as(
    db
      .select({
        eventId: eventDays.eventId,
        startsAt: min(eventDays.startsAt).as('starts_at'),
        endsAt: max(eventDays.endsAt).as('ends_at'),
      })
      .from(eventDays)
      .groupBy(eventDays.eventId),
  );
  const cheapest = db
    .select({ minor: min(sql<number>`${passTypes.priceMinor} + ${passTypes.feeMinor}`) })
    .from(passTypes)
    .where(and(eq(passTypes.eventId, events.id), eq(passTypes.kind, 'ticket')));
  return db
    .with(days)
    .select({
      slug: events.slug,
      name: events.name,
      tagline: events.tagline,
      venueName: events.venueName,
      timeZone: events.timeZone,
      currency: events.currency,
      look: events.look,
      startsAt: sql<Date>`${days.startsAt}`.mapWith(eventDays.startsAt),
      endsAt: sql<Date>`${days.endsAt}`.mapWith(eventDays.endsAt),
      fromMinor: sql<number | null>`(${cheapest})`.mapWith(passTypes.priceMinor),
    })
    .from(events)
    .innerJoin(days, eq(days.eventId, events.id))
    .where(and(eq(events.status, 'published'), gt(days.endsAt, now)))
    .orderBy(asc(days.startsAt), asc(events.slug))
    .limit(eventsMax);
}

export type StoreEventCard = Awaited<ReturnType<typeof listStoreEvents>>[number];
