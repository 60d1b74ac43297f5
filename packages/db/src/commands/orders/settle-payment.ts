import { asc, eq, inArray, sql } from 'drizzle-orm';
import type { Db, Tx } from '../../client.ts';
import { rowSet } from '../../rows.ts';
import { orders, payments, webhookReceipts } from '../../schema/index.ts';
import { type Answer, batched, type Busy } from '../batched.ts';
import { at } from '../ids.ts';
import type { SigningKey } from '../keys/signing-keys.ts';
import { lockLimits, lockOrders, type HoldRow, type OrderRow } from '../locks.ts';
import { transact } from '../transact.ts';
import { cardLimitOf, type CardLimit } from './card-limit.ts';
import type { PaymentRef, PaymentRow } from './find-payment.ts';
import { wrongness, type Wrong } from './received-money.ts';
import { sellHeld, type Sale } from './sell-held.ts';
import { settleAlone } from './settle-alone.ts';

export interface Settlement extends PaymentRef {
  /** What the provider says it collected. */
  amountMinor: number;
  /** ISO 4217, upper case. */
  currency: string;
  /** The order, as the provider was told of it: for money of an attempt that was never recorded here. */
  orderPublicId?: string | undefined;
  /** Keyed hash of the card that paid, for the event's limit, where the provider tells one. */
  cardKey?: Uint8Array | null | undefined;
}

export type SettleResult =
  | { ok: true; outcome: 'paid'; orderPublicId: string; passes: number }
  /** This payment, or this webhook event, was settled before. Nothing was changed. */
  | { ok: true; outcome: 'already_settled'; orderPublicId: string }
  /** The hold had run out and its stock is gone: the order is closed and the money goes back. */
  | { ok: true; outcome: 'hold_expired'; orderPublicId: string; refundMinor: number }
  /** The card has as much of the event as one card may: the order is closed and the money goes back. */
  | { ok: true; outcome: 'over_limit'; orderPublicId: string; refundMinor: number }
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

export interface SettleJob {
  settlement: Settlement;
  key: SigningKey;
  now: Date;
}

/**
 * The provider has the money: the hold becomes sales, the passes are issued and the mail is queued, in one transaction.
 * Safe to call any number of times, from webhook and return page at once.
 */
export function settlePayment(
  db: Db,
  settlement: Settlement,
  key: SigningKey,
  now: Date,
): Promise<SettleResult | Busy> {
  return settleInBatch(db, { settlement, key, now });
}

const settleInBatch = batched(settlePayments);

/** Many settlements: all that are as they should be in one transaction, and each of the others in one of its own. */
export async function settlePayments(
  db: Db,
  jobs: readonly SettleJob[],
): Promise<Answer<SettleResult>[]> {
  const settled = await transact(db, (tx) => settleAll(tx, jobs));
  return settled.map((result, index) =>
    result === 'alone' ? settleAlone(db, at(jobs, index)) : result,
  );
}

async function settleAll(tx: Tx, jobs: readonly SettleJob[]): Promise<(SettleResult | 'alone')[]> {
  const recorded = await findRecorded(tx, jobs);
  if (recorded.length === 0) return jobs.map(() => 'alone');
  await lockLimits(
    tx,
    'card',
    jobs.map(({ settlement }) => settlement.cardKey),
  );
  const locked = await lockOrders(tx, recorded);
  const state = await readState(tx, jobs, recorded, locked);
  const decisions = jobs.map((job) => decide(job, locked, state));
  const sales = decisions.flatMap((decision) =>
    typeof decision === 'object' && 'hold' in decision ? [decision] : [],
  );
  const passes = sales.length > 0 ? await sellHeld(tx, sales) : [];
  let next = 0;
  return decisions.map((decision) => {
    if (decision === 'alone' || 'ok' in decision) return decision;
    const { publicId: orderPublicId } = decision.order;
    return { ok: true, outcome: 'paid', orderPublicId, passes: at(passes, next++) };
  });
}

/** An order whose payment was recorded before its money came. */
interface Recorded {
  id: bigint;
  holdId: bigint | null;
  paymentId: bigint;
}

function findRecorded(tx: Tx, jobs: readonly SettleJob[]): Promise<Recorded[]> {
  const asked = jobs.map(({ settlement: { provider, providerRef } }) => ({
    ...{ provider, providerRef },
  }));
  return tx
    .select({ id: orders.id, holdId: orders.holdId, paymentId: payments.id })
    .from(payments)
    .innerJoin(orders, eq(orders.id, payments.orderId))
    .innerJoin(
      rowSet('asked', { provider: 'text', providerRef: 'text' }, asked),
      sql`asked.provider = ${payments.provider} and asked."providerRef" = ${payments.providerRef}`,
    );
}

interface SettleState {
  /** By `refName`. */
  payments: Map<string, PaymentRow>;
  /** Webhook events that were handled before, by `eventName`. */
  received: Set<string>;
  cards: CardLimit;
}

function refName({ provider, providerRef }: { provider: string; providerRef: string }): string {
  return `${provider}/${providerRef}`;
}

function eventName(provider: string, eventRef: string): string {
  return `${provider}/${eventRef}`;
}

async function readState(
  tx: Tx,
  jobs: readonly SettleJob[],
  recorded: readonly Recorded[],
  locked: Locked,
): Promise<SettleState> {
  const rows = await tx
    .select()
    .from(payments)
    .where(inArray(payments.id, [...new Set(recorded.map(({ paymentId }) => paymentId))]))
    .orderBy(asc(payments.id))
    .for('no key update');
  const eventRefs = jobs.flatMap(({ settlement }) => settlement.webhookEventRef ?? []);
  const receipts =
    eventRefs.length === 0
      ? []
      : await tx.select().from(webhookReceipts).where(inArray(webhookReceipts.eventRef, eventRefs));
  const byName = new Map(rows.map((row) => [refName(row), row]));
  const paid = jobs.flatMap(({ settlement }) => {
    const order = locked.get(byName.get(refName(settlement))?.orderId ?? 0n)?.order;
    return order ? [{ order, cardKey: settlement.cardKey }] : [];
  });
  return {
    payments: byName,
    received: new Set(receipts.map(({ provider, eventRef }) => eventName(provider, eventRef))),
    cards: await cardLimitOf(tx, paid),
  };
}

type Locked = ReadonlyMap<bigint, { order: OrderRow; hold: HoldRow | undefined }>;

/**
 * A settlement of an order that waits for it, in time and with the right sum, is a sale. What is sold here is marked so that
 * the next in the batch finds it sold. All that is out of the ordinary is settled alone.
 */
function decide(
  { settlement, key, now }: SettleJob,
  locked: Locked,
  state: SettleState,
): Sale | SettleResult | 'alone' {
  const payment = state.payments.get(refName(settlement));
  const { order, hold } = locked.get(payment?.orderId ?? 0n) ?? {};
  if (!payment || !order) return 'alone';
  const { webhookEventRef, provider } = settlement;
  const isKnown =
    webhookEventRef !== undefined && state.received.has(eventName(provider, webhookEventRef));
  if (isKnown || payment.state === 'succeeded' || payment.state === 'refused')
    return { ok: true, outcome: 'already_settled', orderPublicId: order.publicId };
  const isInOrder =
    order.state === 'pending' && hold?.state === 'active' && !wrongness(payment, settlement);
  if (!isInOrder || state.cards.take(order)) return 'alone';
  const sale: Sale = {
    ...{ order: { ...order }, hold, payment: { ...payment }, key, now },
    ...{ cardKey: settlement.cardKey ?? null, webhookEventRef },
  };
  order.state = 'paid';
  payment.state = 'succeeded';
  return sale;
}
