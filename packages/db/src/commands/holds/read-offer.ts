import { and, eq, inArray, sql } from 'drizzle-orm';
import type { Tx } from '../../client.ts';
import { events, passTypes, siteLinks, sites } from '../../schema/index.ts';
import { reveals, type VoucherRow } from '../vouchers-in-sale.ts';
import type { HoldWish } from './decide-holds.ts';

/** What a published event sells, as far as is asked for. */
export interface Offer {
  site: number;
  holdTtlSeconds: number;
  unitsPerNetworkMax: number | null;
  /** A venue that is over. */
  isStopped: boolean;
  types: Map<bigint, OfferedType>;
}

interface OfferedType {
  seated: boolean;
  hidden: boolean;
  channels: ('web' | 'desk')[];
  unitsPerOrderMax: number;
  saleStartsAt: Date | null;
  saleEndsAt: Date | null;
}

export type OfferRefusal =
  /** This venue was restored or copied, so it is over: it sells nothing, and is paired anew. */
  | { ok: false; code: 'site_stopped' }
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
  /** Not sold where it is asked for. */
  | { ok: false; code: 'other_channel'; typeId: bigint }
  | { ok: false; code: 'too_many'; typeId: bigint; unitsPerOrderMax: number }
  /** A seated type is bought by its seats, the others by a quantity. */
  | { ok: false; code: 'seats_needed' | 'has_no_seats'; typeId: bigint };

/** The offers of published events, by event. */
export async function readOffers(
  tx: Tx,
  eventIds: readonly bigint[],
  typeIds: readonly bigint[],
): Promise<Map<bigint, Offer>> {
  const rows = await tx
    .select({
      eventId: events.id,
      site: sites.number,
      holdTtlSeconds: events.holdTtlSeconds,
      unitsPerNetworkMax: events.unitsPerNetworkMax,
      isStopped: sql<boolean>`exists (select from ${siteLinks} where url is not null and state <> 'active')`,
      type: {
        id: passTypes.id,
        seated: passTypes.seated,
        hidden: passTypes.hidden,
        channels: passTypes.channels,
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
        eq(passTypes.archived, false),
        inArray(passTypes.id, [...new Set(typeIds)]),
      ),
    )
    .where(and(inArray(events.id, [...new Set(eventIds)]), eq(events.status, 'published')));
  const offers = new Map<bigint, Offer>();
  for (const { eventId, type, ...event } of rows) {
    const offer = offers.get(eventId) ?? { ...event, types: new Map() };
    offers.set(eventId, offer);
    if (type) offer.types.set(type.id, type);
  }
  return offers;
}

/** Why an offer does not have these lines at this moment, whatever is left of them. */
export function refuseByOffer(
  offer: Offer,
  { lines, request, now }: HoldWish,
  voucher: VoucherRow | undefined,
): OfferRefusal | undefined {
  if (offer.isStopped) return { ok: false, code: 'site_stopped' };
  for (const { typeId, quantity, seated } of lines) {
    const type = offer.types.get(typeId);
    const isShown = type && (!type.hidden || (voucher && reveals(voucher, typeId)));
    if (!isShown) return { ok: false, code: 'unknown_type', typeId };
    const { saleStartsAt, saleEndsAt, unitsPerOrderMax } = type;
    if (!type.channels.includes(request.channel ?? 'web'))
      return { ok: false, code: 'other_channel', typeId };
    if ((saleStartsAt && now < saleStartsAt) || (saleEndsAt && now >= saleEndsAt)) {
      return { ok: false, code: 'not_on_sale', typeId, saleStartsAt, saleEndsAt };
    }
    if (type.seated !== seated) {
      return { ok: false, code: seated ? 'has_no_seats' : 'seats_needed', typeId };
    }
    if (quantity > unitsPerOrderMax)
      return { ok: false, code: 'too_many', typeId, unitsPerOrderMax };
  }
  return undefined;
}
