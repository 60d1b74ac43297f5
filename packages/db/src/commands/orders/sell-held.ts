import { assert } from '@catraca/domain';
import { asc, eq, inArray, sql } from 'drizzle-orm';
import type { Tx } from '../../client.ts';
import { idArray, insertion, rowSet, sendAll } from '../../rows.ts';
import {
  holds,
  orderHolders,
  orderLines,
  orders,
  payments,
  seatClaims,
  webhookReceipts,
} from '../../schema/index.ts';
import { facts } from '../../sync/record-facts.ts';
import type { SigningKey } from '../keys/signing-keys.ts';
import { stockLock, stockMovement, type HoldRow, type OrderRow } from '../locks.ts';
import { settleExchange, waitingExchanges } from '../passes/settle-exchange.ts';
import { mailsInQueue } from '../mail/queue-mail.ts';
import { issuePasses, type PassRequest } from '../passes/issue-passes.ts';
import type { PaymentRow } from './find-payment.ts';
import type { PaymentProvider } from './open-payment.ts';

/** An order that is paid while its hold is active: order, hold and payment are locked, so nothing can fail any more. */
export interface Sale {
  order: OrderRow;
  hold: HoldRow;
  /** The payment that succeeds: one that was opened before, or a new one. */
  payment: PaymentRow | { provider: PaymentProvider; providerRef: string };
  cardKey: Uint8Array | null;
  /** The webhook event that tells of it, if one does: its receipt is kept. */
  webhookEventRef: string | undefined;
  key: SigningKey;
  now: Date;
}

/**
 * Makes what holds have into sales: payments succeed, passes are issued, mails are queued, units and seats are sold. A constant
 * number of statements; the stock, for which every buyer of the types waits, is locked for the last two round trips.
 * @returns how many passes each sale has.
 */
export async function sellHeld(tx: Tx, sales: readonly Sale[]): Promise<number[]> {
  const orderIds = sales.map(({ order }) => order.id);
  const rows = await tx
    .select({
      orderId: orderLines.orderId,
      typeId: orderLines.typeId,
      holderId: orderHolders.personId,
      orderLineId: orderLines.id,
      seatId: orderLines.seatId,
    })
    .from(orderLines)
    .leftJoin(orderHolders, eq(orderLines.id, orderHolders.orderLineId))
    .where(inArray(orderLines.orderId, orderIds))
    .orderBy(asc(orderLines.orderId), asc(orderLines.no), asc(orderHolders.no));
  const places = rows.flatMap(({ holderId, ...place }) =>
    holderId === null ? [] : [{ ...place, holderId }],
  );
  const differences = rows.filter(({ holderId }) => holderId === null);
  const exchanges = await waitingExchanges(tx, differences);
  const placesOf = Map.groupBy(places, ({ orderId }) => orderId);
  const passesOf = (sale: Sale) => placesOf.get(sale.order.id) ?? [];
  await issueAll(tx, sales, passesOf);
  // The tickets of an exchange are in the mail of the order they came with.
  const mailed = sales.filter((sale) => passesOf(sale).length > 0);
  await sendAll(tx, [
    ...paid(sales),
    ...mails(mailed),
    ...received(sales),
    facts('order', orderIds),
  ]);
  const lines = [...new Map(rows.map((place) => [place.orderLineId, place])).values()];
  await sellStock(
    tx,
    sales,
    lines,
    exchanges.map(({ fromTypeId }) => fromTypeId),
  );
  for (const exchange of exchanges) {
    const sale = sales.find(({ order }) => order.id === exchange.orderId);
    if (sale) await settleExchange(tx, exchange, sale);
  }
  return sales.map((sale) => passesOf(sale).length);
}

async function issueAll(
  tx: Tx,
  sales: readonly Sale[],
  passesOf: (sale: Sale) => PassRequest[],
): Promise<void> {
  // One key, but for the moment in which keys change.
  for (const [, ofKey] of Map.groupBy(sales, ({ key }) => key.keyId)) {
    const [first] = ofKey;
    if (!first) continue;
    const requests = ofKey.flatMap((sale) =>
      passesOf(sale).map(({ typeId, holderId, orderLineId, seatId }) => ({
        ...{ typeId, holderId, orderLineId, seatId, issuedAt: sale.now },
      })),
    );
    await issuePasses(tx, first.key, requests, first.now);
  }
}

/** The payments, orders, holds and mails of sales. */
function paid(sales: readonly Sale[]) {
  const known = sales.flatMap(({ payment, cardKey, now }) =>
    'id' in payment ? [{ id: payment.id, card: hexOf(cardKey), at: now.toISOString() }] : [],
  );
  const opened = sales.flatMap(({ payment, order, cardKey, now }) =>
    'id' in payment
      ? []
      : [
          {
            orderId: order.id,
            provider: payment.provider,
            providerRef: payment.providerRef,
            amountMinor: order.totalMinor,
            currency: order.currency,
            cardKey,
            state: 'succeeded' as const,
            createdAt: now,
            settledAt: now,
          },
        ],
  );
  const times = sales.map(({ order, now }) => ({ id: order.id, at: now.toISOString() }));
  const holdIds = sales.map(({ hold }) => hold.id);
  return [
    ...(known.length === 0
      ? []
      : [
          sql`update ${payments} set state = 'succeeded', settled_at = paid.at::timestamptz, card_key = decode(paid.card, 'hex')
              from ${rowSet('paid', { id: 'bigint', card: 'text', at: 'text' }, known)} where payments.id = paid.id`,
        ]),
    ...(opened.length === 0 ? [] : [insertion(payments, opened)]),
    sql`update ${orders} set state = 'paid', paid_minor = total_minor, paid_at = paid.at::timestamptz, closed_reason = null
        from ${rowSet('paid', { id: 'bigint', at: 'text' }, times)} where orders.id = paid.id`,
    sql`update ${holds} set state = 'sold' where id = any(${idArray(holdIds)})`,
  ];
}

function mails(sales: readonly Sale[]) {
  if (sales.length === 0) return [];
  return [
    mailsInQueue(
      'order_paid',
      sales.map(({ order, now }) => ({ orderId: order.id, now })),
    ),
  ];
}

function hexOf(key: Uint8Array | null): string | null {
  return key && Buffer.from(key).toString('hex');
}

/** The receipts of the webhook events that told of payments. */
function received(sales: readonly Sale[]) {
  const receipts = sales.flatMap(({ webhookEventRef, payment }) =>
    webhookEventRef === undefined
      ? []
      : [{ provider: payment.provider, eventRef: webhookEventRef }],
  );
  if (receipts.length === 0) return [];
  return [insertion(webhookReceipts, receipts, sql`on conflict do nothing`)];
}

interface SoldLine {
  orderLineId: bigint;
  typeId: bigint;
  seatId: bigint | null;
}

/** Locks the stock and moves what was held to what is sold, in one round trip: that it is there, the locked holds say. */
async function sellStock(
  tx: Tx,
  sales: readonly Sale[],
  lines: readonly SoldLine[],
  alsoLocked: readonly bigint[],
): Promise<void> {
  const site = sales[0]?.order.site ?? 0;
  const units = new Map<bigint, number>();
  for (const { typeId } of lines) units.set(typeId, (units.get(typeId) ?? 0) + 1);
  const moves = [...units].map(([typeId, sold]) => ({ typeId, sold, held: -sold }));
  const seated = lines.flatMap(({ orderLineId, seatId }) =>
    seatId === null ? [] : [{ orderLineId, seatId }],
  );
  const holdIds = sales.map(({ hold }) => hold.id);
  const claims = sql`
    update ${seatClaims} set hold_id = null, order_line_id = line."orderLineId"
    from ${rowSet('line', { orderLineId: 'bigint', seatId: 'bigint' }, seated)}
    where seat_claims.seat_id = line."seatId" and seat_claims.hold_id = any(${idArray(holdIds)})
    returning seat_claims.seat_id`;
  const [, , sold] = await sendAll(tx, [
    stockLock(site, [...new Set([...units.keys(), ...alsoLocked])]),
    stockMovement(site, moves),
    ...(seated.length === 0 ? [] : [claims]),
  ]);
  assert((sold?.length ?? 0) === seated.length, 'a hold has the seats of its order');
}
