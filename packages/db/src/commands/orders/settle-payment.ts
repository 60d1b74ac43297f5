import { assert } from '@catraca/domain';
import { asc, eq } from 'drizzle-orm';
import type { Db, Tx } from '../../client.ts';
import { orderHolders, orderLines, orders, payments } from '../../schema/index.ts';
import { expireHoldsOfEvent } from '../holds/expire-holds.ts';
import type { SigningKey } from '../keys/signing-keys.ts';
import { lockOrder, type OrderRow } from '../locks.ts';
import { queueMail } from '../mail/queue-mail.ts';
import { issuePasses } from '../passes/issue-passes.ts';
import { transact } from '../transact.ts';
import {
  findOrderOfPayment,
  lockPayment,
  receive,
  type PaymentRef,
  type PaymentRow,
} from './find-payment.ts';
import { findOrderRow } from './open-payment.ts';
import { giveBack, refuseMoney, succeed, wrongness, type Wrong } from './received-money.ts';
import { sellFreeUnits, sellHeldUnits } from './sell-units.ts';

export interface Settlement extends PaymentRef {
  /** What the provider says it collected. */
  amountMinor: number;
  /** ISO 4217, upper case. */
  currency: string;
  /** The order, as the provider was told of it: for money of an attempt that was never recorded here. */
  orderPublicId?: string | undefined;
}

export type SettleResult =
  | { ok: true; outcome: 'paid'; orderPublicId: string; passes: number }
  /** This payment, or this webhook event, was settled before. Nothing was changed. */
  | { ok: true; outcome: 'already_settled'; orderPublicId: string }
  /** The hold had run out and its stock is gone: the order is closed and the money goes back. */
  | { ok: true; outcome: 'hold_expired'; orderPublicId: string; refundMinor: number }
  /** Another payment had paid the order: this one goes back. */
  | { ok: true; outcome: 'paid_twice'; orderPublicId: string; refundMinor: number }
  /** Not what was asked for: recorded, buys nothing, goes back. */
  | {
      ok: false;
      code: Wrong;
      orderPublicId: string;
      refundMinor: number;
    }
  /** Nothing is known of it, nothing was changed: the provider may send it again. */
  | { ok: false; code: 'unknown_payment' };

/** The hold has run out and its stock is gone, as it seems: holds past their time are to be ended first. */
interface Short {
  ok: false;
  code: 'short';
  eventId: bigint;
}

/**
 * The provider has the money: the hold becomes sales, the passes are issued and the mail is queued, in one transaction.
 * Safe to call any number of times, from webhook and return page at once.
 */
export async function settlePayment(
  db: Db,
  settlement: Settlement,
  key: SigningKey,
  now: Date,
): Promise<SettleResult> {
  const settle = (isLastTry: boolean) =>
    transact<SettleResult | Short>(db, (tx, refuse) =>
      settleOnce(tx, refuse, { settlement, key, now, isLastTry }),
    );
  const first = await settle(false);
  if (!isShort(first)) return first;
  await expireHoldsOfEvent(db, first.eventId, now);
  const second = await settle(true);
  assert(!isShort(second), 'the last try closes the order');
  return second;
}

function isShort(result: SettleResult | Short): result is Short {
  return !result.ok && result.code === 'short';
}

interface Attempt {
  settlement: Settlement;
  key: SigningKey;
  now: Date;
  /** False: stop when the stock is gone. True: close the order then. */
  isLastTry: boolean;
}

async function settleOnce(
  tx: Tx,
  refuse: (result: SettleResult | Short) => never,
  attempt: Attempt,
): Promise<SettleResult | Short> {
  const { settlement, now } = attempt;
  const isNew = await receive(tx, settlement);
  const found = await findOrder(tx, settlement);
  if (!found) return refuse({ ok: false, code: 'unknown_payment' });
  const { order, hold } = await lockOrder(tx, found);
  const payment = await lockOrOpenPayment(tx, settlement, order, now);
  const orderPublicId = order.publicId;
  if (!isNew || payment.state === 'succeeded' || payment.state === 'refused') {
    return { ok: true, outcome: 'already_settled', orderPublicId };
  }
  const wrong = wrongness(payment, settlement);
  if (wrong) {
    const refundMinor = await refuseMoney(tx, payment, settlement, now);
    return { ok: false, code: wrong, orderPublicId, refundMinor };
  }
  await succeed(tx, payment, now);
  if (order.state === 'paid' || order.state === 'refunded') {
    const refundMinor = await giveBack(tx, payment, settlement.amountMinor, 'paid_twice', now);
    return { ok: true, outcome: 'paid_twice', orderPublicId, refundMinor };
  }
  if (hold?.state === 'active') {
    const fulfilled = await fulfil(tx, order, attempt);
    await sellHeldUnits(tx, order, hold);
    return fulfilled;
  }
  if (await sellFreeUnits(tx, order, hold)) return fulfil(tx, order, attempt);
  if (!attempt.isLastTry) refuse({ ok: false, code: 'short', eventId: order.eventId });
  return closeOrder(tx, order, payment, now);
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

async function fulfil(tx: Tx, order: OrderRow, { key, now }: Attempt): Promise<SettleResult> {
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
  return { ok: true, outcome: 'paid', orderPublicId: order.publicId, passes: passes.length };
}

async function closeOrder(
  tx: Tx,
  order: OrderRow,
  payment: PaymentRow,
  now: Date,
): Promise<SettleResult> {
  const refundMinor = await giveBack(tx, payment, payment.amountMinor, 'hold_expired', now);
  await tx
    .update(orders)
    .set({
      state: refundMinor > 0 ? 'refunded' : 'cancelled',
      paidMinor: refundMinor,
      closedReason: 'hold_expired',
    })
    .where(eq(orders.id, order.id));
  if (refundMinor > 0) await queueMail(tx, 'order_refunded', order.id, now);
  return { ok: true, outcome: 'hold_expired', orderPublicId: order.publicId, refundMinor };
}
