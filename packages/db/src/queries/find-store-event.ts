import { and, asc, eq, gt, inArray, lt, sql } from 'drizzle-orm';
import type { DbOrTx } from '../client.ts';
import type { EventStatus } from '../commands/events/set-event-status.ts';
import { entitlements, eventDays, events, passTypes } from '../schema/index.ts';

/**
 * An event as its page in the storefront shows it: published, or closed, which still can be looked at; others for those who set them up.
 * `types` are the tickets in their order, hidden ones and those of the desks too, each with the numbers of the days it opens.
 */
export async function findStoreEvent(
  db: DbOrTx,
  slug: string,
  statuses: readonly EventStatus[] = ['published', 'closed'],
) {
  const [event] = await db
    .select()
    .from(events)
    .where(and(eq(events.slug, slug), inArray(events.status, [...statuses])));
  if (!event) return undefined;
  const [days, types] = await Promise.all([
    db.select().from(eventDays).where(eq(eventDays.eventId, event.id)).orderBy(asc(eventDays.no)),
    listTicketTypes(db, event.id),
  ]);
  return { event, days, types };
}

/** The ticket types of an event, each with the numbers of the event days any of its windows touches. */
function listTicketTypes(db: DbOrTx, eventId: bigint) {
  const dayNos = db
    .select({ nos: sql`jsonb_agg(distinct ${eventDays.no} order by ${eventDays.no})` })
    .from(entitlements)
    .innerJoin(
      eventDays,
      and(lt(entitlements.startsAt, eventDays.endsAt), gt(entitlements.endsAt, eventDays.startsAt)),
    )
    .where(and(eq(entitlements.typeId, passTypes.id), eq(eventDays.eventId, eventId)));
  return db
    .select({
      id: passTypes.id,
      no: passTypes.no,
      name: passTypes.name,
      description: passTypes.description,
      colour: passTypes.colour,
      priceMinor: passTypes.priceMinor,
      feeMinor: passTypes.feeMinor,
      taxBasisPoints: passTypes.taxBasisPoints,
      hidden: passTypes.hidden,
      channels: passTypes.channels,
      seated: passTypes.seated,
      passesPerUnit: passTypes.passesPerUnit,
      unitsPerOrderMax: passTypes.unitsPerOrderMax,
      saleStartsAt: passTypes.saleStartsAt,
      saleEndsAt: passTypes.saleEndsAt,
      dayNos: sql<number[] | null>`(${dayNos})`,
    })
    .from(passTypes)
    .where(
      and(
        eq(passTypes.eventId, eventId),
        eq(passTypes.kind, 'ticket'),
        eq(passTypes.archived, false),
      ),
    )
    .orderBy(asc(passTypes.position), asc(passTypes.no));
}

export type StoreEvent = NonNullable<Awaited<ReturnType<typeof findStoreEvent>>>;
