import { assert } from '@catraca/domain';
import { asc, eq } from 'drizzle-orm';
import type { Db, Tx } from '../../client.ts';
import { orderHolders, orderLines, orders, passExchanges, payments } from '../../schema/index.ts';
import { record } from '../../sync/record-facts.ts';
import { expireHoldsOfEvent } from '../holds/expire-holds.ts';
import { freeHolds } from '../holds/free-holds.ts';
import { lockLimits, lockOrder, type HoldRow, type OrderRow } from '../locks.ts';
import { queueMail } from '../mail/queue-mail.ts';
import { issuePasses } from '../passes/issue-passes.ts';
import { transact } from '../transact.ts';
import { giveBackVouchers } from '../vouchers-in-sale.ts';
import { cardLimitOf } from './card-limit.ts';
import { findOrderOfPayment, lockPayment, receive, type PaymentRow } from './find-payment.ts';
import { findOrderRow } from './open-payment.ts';
import { giveBack, refuseMoney, succeed, wrongness } from './received-money.ts';
import { sellFreeUnits } from './sell-free.ts';
import { sellHeld } from './sell-held.ts';
import type { SettleJob, Settlement, SettleResult } from './settle-payment.ts';

/** The hold has run out and its stock is gone, as it seems: holds past their time are to be ended first. */
interface Short {
  ok: false;
  code: 'short';
  eventId: bigint;
}

/** Settles what is not as it should be: late money, wrong money, money paid twice, and money of a card that has enough. */
export async function settleAlone(db: Db, job: SettleJob): Promise<SettleResult> {
  const settle = (isLastTry: boolean) =>
    transact<SettleResult | Short>(db, (tx, refuse) => settleOnce(tx, refuse, job, isLastTry));
  const first = await settle(false);
  if (!isShort(first)) return first;
  await expireHoldsOfEvent(db, first.eventId, job.now);
  const second = await settle(true);
  assert(!isShort(second), 'the last try closes the order');
  return second;
}

function isShort(result: SettleResult | Short): result is Short {
  return !result.ok && result.code === 'short';
}

/** `isLastTry` false: stop when the stock is gone. True: close the order then. */
async function settleOnce(
  tx: Tx,
  refuse: (result: SettleResult | Short) => never,
  job: SettleJob,
  isLastTry: boolean,
): Promise<SettleResult | Short> {
  const { settlement, now } = job;
  await lockLimits(tx, 'card', [settlement.cardKey]);
  const found = await findOrder(tx, settlement);
  if (!found) return { ok: false, code: 'unknown_payment' };
  const { order, hold } = await lockOrder(tx, found);
  const payment = await lockOrOpenPayment(tx, settlement, order, now);
  const isNew = await receive(tx, settlement);
  const orderPublicId = order.publicId;
  if (!isNew || payment.state === 'succeeded' || payment.state === 'refused') {
    return { ok: true, outcome: 'already_settled', orderPublicId };
  }
  const wrong = wrongness(payment, settlement);
  if (wrong) {
    const refundMinor = await refuseMoney(tx, payment, settlement, now);
    return { ok: false, code: wrong, orderPublicId, refundMinor };
  }
  if (order.state === 'paid' || order.state === 'refunded') {
    await succeed(tx, payment, settlement.cardKey, now);
    const refundMinor = await giveBack(tx, payment, settlement.amountMinor, 'paid_twice', now);
    return { ok: true, outcome: 'paid_twice', orderPublicId, refundMinor };
  }
  const isOver = (await cardLimitOf(tx, [{ order, cardKey: settlement.cardKey }])).take(order);
  if (!isOver && hold?.state === 'active') return sellInTime(tx, job, { order, hold, payment });
  await succeed(tx, payment, settlement.cardKey, now);
  if (isOver) {
    const closed = await closeOrder(tx, order, payment, 'over_limit', now);
    if (hold?.state === 'active') await freeHolds(tx, [hold], 'released');
    return closed;
  }
  if (await isDifference(tx, order)) return closeOrder(tx, order, payment, 'hold_expired', now);
  if (await sellFreeUnits(tx, order, hold)) return fulfil(tx, order, job);
  if (!isLastTry) refuse({ ok: false, code: 'short', eventId: order.eventId });
  return closeOrder(tx, order, payment, 'hold_expired', now);
}

/** The difference of an exchange, which has lapsed with its hold. */
async function isDifference(tx: Tx, order: OrderRow): Promise<boolean> {
  const ofOrder = eq(passExchanges.orderId, order.id);
  return (await tx.$count(passExchanges, ofOrder)) > 0;
}

async function findOrder(tx: Tx, settlement: Settlement) {
  const known = await findOrderOfPayment(tx, settlement);
  if (known || settlement.orderPublicId === undefined) return known;
  return findOrderRow(tx, settlement.orderPublicId);
}

/** The payment, recorded now when the provider collected it before it was recorded here. */
async function lockOrOpenPayment(
  tx: Tx,
  settlement: Settlement,
  order: OrderRow,
  now: Date,
): Promise<PaymentRow> {
  const { provider, providerRef } = settlement;
  const amount = { amountMinor: order.totalMinor, currency: order.currency };
  const known = await lockPayment(tx, settlement);
  if (known) return known;
  const [opened] = await tx
    .insert(payments)
    .values({ orderId: order.id, provider, providerRef, ...amount, createdAt: now })
    .returning();
  assert(opened, 'a payment was written');
  return opened;
}

/** Nothing was wrong with it after all: what was in its way has gone since the batch left it out. */
async function sellInTime(
  tx: Tx,
  { settlement, key, now }: SettleJob,
  sale: { order: OrderRow; hold: HoldRow; payment: PaymentRow },
): Promise<SettleResult> {
  const { webhookEventRef, cardKey = null } = settlement;
  const [passes = 0] = await sellHeld(tx, [{ ...sale, cardKey, webhookEventRef, key, now }]);
  return { ok: true, outcome: 'paid', orderPublicId: sale.order.publicId, passes };
}

async function fulfil(tx: Tx, order: OrderRow, { key, now }: SettleJob): Promise<SettleResult> {
  const holders = await tx
    .select({
      typeId: orderLines.typeId,
      holderId: orderHolders.personId,
      orderLineId: orderLines.id,
      seatId: orderLines.seatId,
    })
    .from(orderHolders)
    .innerJoin(orderLines, eq(orderLines.id, orderHolders.orderLineId))
    .where(eq(orderLines.orderId, order.id))
    .orderBy(asc(orderLines.no), asc(orderHolders.no));
  const passes = await issuePasses(tx, key, holders, now);
  await tx
    .update(orders)
    .set({ state: 'paid', paidMinor: order.totalMinor, paidAt: now, closedReason: null })
    .where(eq(orders.id, order.id));
  await queueMail(tx, 'order_paid', order.id, now);
  await record(tx, 'order', [order.id]);
  return { ok: true, outcome: 'paid', orderPublicId: order.publicId, passes: passes.length };
}

async function closeOrder(
  tx: Tx,
  order: OrderRow,
  payment: PaymentRow,
  reason: 'hold_expired' | 'over_limit',
  now: Date,
): Promise<SettleResult> {
  const refundMinor = await giveBack(tx, payment, payment.amountMinor, reason, now);
  await giveBackVouchers(tx, [order.id]);
  await tx
    .update(orders)
    .set({
      state: refundMinor > 0 ? 'refunded' : 'cancelled',
      paidMinor: refundMinor,
      closedReason: reason,
    })
    .where(eq(orders.id, order.id));
  if (refundMinor > 0) await queueMail(tx, 'order_refunded', order.id, now);
  return { ok: true, outcome: reason, orderPublicId: order.publicId, refundMinor };
}
