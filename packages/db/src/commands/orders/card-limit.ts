import { and, eq, inArray, ne, or, sql } from 'drizzle-orm';
import type { Tx } from '../../client.ts';
import { events, orderLines, orders, payments } from '../../schema/index.ts';
import type { OrderRow } from '../locks.ts';

/** What cards have of events, under the locks of their keys (`lockLimits`). */
export interface CardLimit {
  /** Adds an order to what its card has. @returns true, with nothing added, when that would be too much. */
  take(order: OrderRow): boolean;
}

/** Counts what the cards of these orders have paid for. Where no card is told, or an event has no limit, nothing is counted. */
export async function cardLimitOf(
  tx: Tx,
  paid: readonly { order: OrderRow; cardKey: Uint8Array | null | undefined }[],
): Promise<CardLimit> {
  const withCard = paid.flatMap(({ order, cardKey }) => (cardKey ? [{ order, cardKey }] : []));
  if (withCard.length === 0) return { take: () => false };
  const limits = await readLimits(tx, withCard);
  const limited = withCard.filter(({ order }) => limits.has(order.id));
  const have = limited.length > 0 ? await countCards(tx, limited) : new Map<string, number>();
  const cardOf = new Map(limited.map(({ order, cardKey }) => [order.id, cardKey]));
  return {
    take({ id, eventId }) {
      const [card, limit] = [cardOf.get(id), limits.get(id)];
      if (!card || !limit) return false;
      const name = cardName(eventId, card);
      const units = (have.get(name) ?? 0) + limit.units;
      if (units > limit.max) return true;
      have.set(name, units);
      return false;
    },
  };
}

interface WithCard {
  order: OrderRow;
  cardKey: Uint8Array;
}

function cardName(eventId: bigint, key: Uint8Array): string {
  return `${eventId}/${Buffer.from(key).toString('hex')}`;
}

/** Of each order whose event limits what one card may have: its units, and that limit. */
async function readLimits(tx: Tx, withCard: readonly WithCard[]) {
  const ids = withCard.map(({ order }) => order.id);
  const rows = await tx
    .select({
      orderId: orders.id,
      max: events.unitsPerCardMax,
      units: sql`count(${orderLines.id})`.mapWith(Number),
    })
    .from(orders)
    .innerJoin(events, eq(events.id, orders.eventId))
    .innerJoin(orderLines, and(eq(orderLines.orderId, orders.id), orderLines.hasUnit))
    .where(inArray(orders.id, ids))
    .groupBy(orders.id, events.unitsPerCardMax);
  return new Map(
    rows.flatMap(({ orderId, max, units }) =>
      max === null ? [] : [[orderId, { max, units }] as const],
    ),
  );
}

/** Units of other orders that are paid with these cards. */
async function countCards(tx: Tx, limited: readonly WithCard[]): Promise<Map<string, number>> {
  const rows = await tx
    .select({
      eventId: orders.eventId,
      cardKey: payments.cardKey,
      units: sql`count(${orderLines.id})`.mapWith(Number),
    })
    .from(payments)
    .innerJoin(orders, eq(orders.id, payments.orderId))
    .innerJoin(orderLines, and(eq(orderLines.orderId, orders.id), orderLines.hasUnit))
    .where(
      and(
        // As the index has it.
        eq(payments.state, 'succeeded'),
        eq(orders.state, 'paid'),
        or(
          ...limited.map(({ order, cardKey }) =>
            and(
              eq(payments.cardKey, cardKey),
              eq(orders.eventId, order.eventId),
              ne(orders.id, order.id),
            ),
          ),
        ),
      ),
    )
    .groupBy(orders.eventId, payments.cardKey);
  return new Map(
    rows.flatMap(({ eventId, cardKey, units }) =>
      cardKey ? [[cardName(eventId, cardKey), units] as const] : [],
    ),
  );
}
