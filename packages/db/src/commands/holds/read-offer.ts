import { and, eq, inArray } from 'drizzle-orm';
import type { Tx } from '../../client.ts';
import { events, passTypes, sites } from '../../schema/index.ts';

/** What an event sells at this moment, as far as a request asks. */
export interface Offer {
  ok: true;
  eventId: bigint;
  site: number;
  holdTtlSeconds: number;
}

export type OfferRefusal =
  /** No such event, or none that is published. */
  | { ok: false; code: 'unknown_event' }
  /** No ticket type of this event. */
  | { ok: false; code: 'unknown_type'; typeId: bigint }
  | {
      ok: false;
      code: 'not_on_sale';
      typeId: bigint;
      saleStartsAt: Date | null;
      saleEndsAt: Date | null;
    }
  | { ok: false; code: 'too_many'; typeId: bigint; unitsPerOrderMax: number }
  /** A seated type is bought by its seats, the others by a quantity. */
  | { ok: false; code: 'seats_needed' | 'has_no_seats'; typeId: bigint };

/** The offer, when everything asked for is on sale now. */
export async function readOffer(
  tx: Tx,
  eventId: bigint,
  wanted: readonly { typeId: bigint; quantity: number; seated: boolean }[],
  now: Date,
): Promise<Offer | OfferRefusal> {
  const typeIds = wanted.map((line) => line.typeId);
  const rows = await tx
    .select({
      site: sites.number,
      holdTtlSeconds: events.holdTtlSeconds,
      type: {
        id: passTypes.id,
        seated: passTypes.seated,
        unitsPerOrderMax: passTypes.unitsPerOrderMax,
        saleStartsAt: passTypes.saleStartsAt,
        saleEndsAt: passTypes.saleEndsAt,
      },
    })
    .from(events)
    .innerJoin(sites, eq(sites.isLocal, true))
    .leftJoin(
      passTypes,
      and(
        eq(passTypes.eventId, events.id),
        eq(passTypes.kind, 'ticket'),
        inArray(passTypes.id, typeIds),
      ),
    )
    .where(and(eq(events.id, eventId), eq(events.status, 'published')));
  const [event] = rows;
  if (!event) return { ok: false, code: 'unknown_event' };
  const types = new Map(rows.map(({ type }) => [type?.id, type]));
  for (const { typeId, quantity, seated } of wanted) {
    const type = types.get(typeId);
    if (!type) return { ok: false, code: 'unknown_type', typeId };
    const { saleStartsAt, saleEndsAt, unitsPerOrderMax } = type;
    if ((saleStartsAt && now < saleStartsAt) || (saleEndsAt && now >= saleEndsAt)) {
      return { ok: false, code: 'not_on_sale', typeId, saleStartsAt, saleEndsAt };
    }
    if (type.seated !== seated) {
      return { ok: false, code: seated ? 'has_no_seats' : 'seats_needed', typeId };
    }
    if (quantity > unitsPerOrderMax)
      return { ok: false, code: 'too_many', typeId, unitsPerOrderMax };
  }
  return { ok: true, eventId, site: event.site, holdTtlSeconds: event.holdTtlSeconds };
}
