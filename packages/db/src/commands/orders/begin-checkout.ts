import { assert } from '@catraca/domain';
import { and, eq, gt, inArray, or, sql } from 'drizzle-orm';
import type { Db, Tx } from '../../client.ts';
import { events, holds, orderLines, orders } from '../../schema/index.ts';
import { batched, type Busy } from '../batched.ts';
import { at } from '../ids.ts';
import { lockHolds, lockLimits, lockOrdersOf, type HoldRow, type OrderRow } from '../locks.ts';
import { transact } from '../transact.ts';
import { covers, leftOf, lockVouchers, type VoucherRow } from '../vouchers-in-sale.ts';
import { namesOfUnits, readUnits, type HolderNames, type Unit } from './hold-units.ts';
import { insertOrders, renameOrders, type Begun } from './write-orders.ts';

export interface CheckoutRequest {
  holdPublicId: string;
  buyer: { name: string; email: string };
  /** Keyed hash of the buyer's e-mail address, for the event's limit. */
  buyerKey?: Uint8Array | null | undefined;
  /** Passes without a name here are the buyer's own. */
  holders: readonly HolderNames[];
  locale: OrderRow['locale'];
}

export interface PendingOrder {
  publicId: string;
  reference: string;
  totalMinor: number;
  currency: string;
  /** When the hold ends. */
  expiresAt: Date;
}

export type CheckoutRefusal =
  | { ok: false; code: 'unknown_hold' | 'hold_expired' }
  | { ok: false; code: 'already_paid'; orderPublicId: string }
  /** More names than passes, or names for what is not in the hold. */
  | { ok: false; code: 'holders_mismatch' }
  /** The code of the hold may be used for so many units more. */
  | { ok: false; code: 'code_used_up'; left: number }
  /** Of the whole event one buyer may have `max` units, and has so many already. */
  | { ok: false; code: 'over_limit'; kind: 'buyer'; max: number; have: number };

export type CheckoutResult = { ok: true; order: PendingOrder } | CheckoutRefusal;

export interface CheckoutJob {
  request: CheckoutRequest;
  now: Date;
}

/**
 * Makes a hold into an order that waits for its payment, at the prices and fees of this moment. Called again for the
 * same hold it changes who buys and who holds, and nothing else. It does not extend the hold.
 */
export function beginCheckout(
  db: Db,
  request: CheckoutRequest,
  now: Date,
): Promise<CheckoutResult | Busy> {
  return beginInBatch(db, { request, now });
}

const beginInBatch = batched(beginCheckouts, ({ request }: CheckoutJob) => request.holdPublicId);

/** Many checkouts, each of another hold, in one transaction. */
export async function beginCheckouts(
  db: Db,
  jobs: readonly CheckoutJob[],
): Promise<CheckoutResult[]> {
  const names = new Set(jobs.map(({ request }) => request.holdPublicId));
  assert(names.size === jobs.length, 'a hold is in a batch once');
  return transact(db, (tx) => beginAll(tx, jobs));
}

/** What a checkout is decided on, all of it under the locks of holds and orders. */
interface CheckoutState {
  holds: Map<string, HoldRow>;
  /** By hold. */
  orders: Map<bigint, OrderRow>;
  unitsOf: (holdId: bigint) => Unit[];
  events: Map<bigint, { currency: string; unitsPerBuyerMax: number | null }>;
  /** Codes that holds were placed with, locked; what is granted is counted in `unitsUsed`. */
  vouchers: Map<bigint, VoucherRow>;
  /** Units a buyer has of an event, by `buyerName`; grows with each order that is granted. */
  buyers: Map<string, number>;
}

async function beginAll(tx: Tx, jobs: readonly CheckoutJob[]): Promise<CheckoutResult[]> {
  await lockLimits(
    tx,
    'buyer',
    jobs.map(({ request }) => request.buyerKey),
  );
  const locked = await lockHolds(
    tx,
    jobs.map(({ request }) => request.holdPublicId),
  );
  if (locked.size === 0) return jobs.map(() => ({ ok: false, code: 'unknown_hold' }));
  const found = [...locked.values()];
  const holdIds = found.map(({ id }) => id);
  const known = await lockOrdersOf(tx, holdIds);
  const vouchers = await lockVouchers(
    tx,
    found.flatMap(({ voucherId }) => voucherId ?? []),
  );
  const [unitsOf, ofEvents, buyers] = await Promise.all([
    readUnits(tx, holdIds),
    readEvents(tx, found),
    countBuyers(tx, jobs, locked),
  ]);
  const state = { holds: locked, orders: known, unitsOf, events: ofEvents, vouchers, buyers };
  const decisions = jobs.map((job) => decide(job, state));
  const begun = decisions.flatMap((decision) => (decision.ok ? [decision] : []));
  const written = await write(tx, begun);
  let next = 0;
  return decisions.map((decision) => (decision.ok ? at(written, next++) : decision));
}

async function readEvents(tx: Tx, found: readonly HoldRow[]): Promise<CheckoutState['events']> {
  const { id, currency, unitsPerBuyerMax } = events;
  const rows = await tx
    .select({ id, currency, unitsPerBuyerMax })
    .from(events)
    .where(inArray(id, [...new Set(found.map(({ eventId }) => eventId))]));
  return new Map(rows.map((row) => [row.id, row]));
}

function buyerName(eventId: bigint, key: Uint8Array): string {
  return `${eventId}/${Buffer.from(key).toString('hex')}`;
}

/** Units of the whole event that each buyer has: paid, or ordered with a hold that lives. */
async function countBuyers(
  tx: Tx,
  jobs: readonly CheckoutJob[],
  locked: CheckoutState['holds'],
): Promise<CheckoutState['buyers']> {
  const wanted = jobs.flatMap(({ request: { holdPublicId, buyerKey }, now }) => {
    const hold = locked.get(holdPublicId);
    return hold && buyerKey ? [{ eventId: hold.eventId, buyerKey, now }] : [];
  });
  if (wanted.length === 0) return new Map();
  const rows = await tx
    .select({
      eventId: orders.eventId,
      buyerKey: orders.buyerKey,
      units: sql`count(*)`.mapWith(Number),
    })
    .from(orders)
    .innerJoin(orderLines, eq(orderLines.orderId, orders.id))
    .leftJoin(holds, eq(holds.id, orders.holdId))
    .where(
      and(
        // As the index has it.
        inArray(orders.state, ['pending', 'paid']),
        orderLines.hasUnit,
        or(
          ...wanted.map(({ eventId, buyerKey, now }) =>
            and(
              eq(orders.eventId, eventId),
              eq(orders.buyerKey, buyerKey),
              or(
                eq(orders.state, 'paid'),
                and(eq(holds.state, 'active'), gt(holds.expiresAt, now)),
              ),
            ),
          ),
        ),
      ),
    )
    .groupBy(orders.eventId, orders.buyerKey);
  return new Map(
    rows.flatMap(({ eventId, buyerKey, units }) =>
      buyerKey ? [[buyerName(eventId, buyerKey), units] as const] : [],
    ),
  );
}

function decide({ request, now }: CheckoutJob, state: CheckoutState): Begun | CheckoutRefusal {
  const hold = state.holds.get(request.holdPublicId);
  if (!hold) return { ok: false, code: 'unknown_hold' };
  const known = state.orders.get(hold.id);
  if (known?.state === 'paid') {
    return { ok: false, code: 'already_paid', orderPublicId: known.publicId };
  }
  if (hold.state !== 'active' || hold.expiresAt <= now) return { ok: false, code: 'hold_expired' };
  const units = state.unitsOf(hold.id);
  const names = namesOfUnits(units, request.holders, request.buyer.name);
  if (!names) return { ok: false, code: 'holders_mismatch' };
  const event = state.events.get(hold.eventId);
  assert(event, 'a hold has its event');
  const over = countIn(request, hold, known, units.length, event.unitsPerBuyerMax, state.buyers);
  if (over) return over;
  const voucher = state.vouchers.get(hold.voucherId ?? 0n);
  // An order that is there has its units reserved.
  const usedUp = known || !voucher ? undefined : reserve(voucher, units);
  if (usedUp) return usedUp;
  return { ok: true, request, now, hold, known, units, names, voucher, currency: event.currency };
}

/** Takes units of a code that is locked. The row in memory counts for those that come after in this batch. */
function reserve(voucher: VoucherRow, units: readonly Unit[]): CheckoutRefusal | undefined {
  const wanted = units.filter(({ typeId }) => covers(voucher, typeId)).length;
  const left = leftOf(voucher);
  if (left !== null && wanted > left) return { ok: false, code: 'code_used_up', left };
  voucher.unitsUsed += wanted;
  return undefined;
}

/** Adds the order to what its buyer has, unless that is too much. Its own units, ordered before, count once. */
function countIn(
  { buyerKey }: CheckoutRequest,
  { eventId }: HoldRow,
  known: OrderRow | undefined,
  units: number,
  max: number | null,
  buyers: CheckoutState['buyers'],
): CheckoutRefusal | undefined {
  if (!buyerKey) return undefined;
  const name = buyerName(eventId, buyerKey);
  const isOwn = known?.buyerKey && buyerName(eventId, known.buyerKey) === name;
  const have = (buyers.get(name) ?? 0) - (isOwn && known.state === 'pending' ? units : 0);
  if (max !== null && have + units > max) {
    return { ok: false, code: 'over_limit', kind: 'buyer', max, have };
  }
  buyers.set(name, have + units);
  return undefined;
}

async function write(tx: Tx, begun: readonly Begun[]): Promise<CheckoutResult[]> {
  const fresh = begun.filter(({ known }) => !known);
  const inserted = fresh.length > 0 ? await insertOrders(tx, fresh) : [];
  await renameOrders(
    tx,
    begun.filter(({ known }) => known),
  );
  const rows = new Map(fresh.map((one, index) => [one, at(inserted, index)]));
  return begun.map((one) => {
    const order = one.known ?? rows.get(one);
    assert(order, 'an order was written');
    const { publicId, reference, totalMinor, currency } = order;
    const { expiresAt } = one.hold;
    return { ok: true, order: { publicId, reference, totalMinor, currency, expiresAt } };
  });
}
