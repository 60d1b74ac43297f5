import { asc, eq } from 'drizzle-orm';
import type { Db, Tx } from '../../client.ts';
import { insertRows } from '../../rows.ts';
import { events, orderHolders, orderLines, orders } from '../../schema/index.ts';
import { at, takeIds } from '../ids.ts';
import { lockHold, type HoldRow, type OrderRow } from '../locks.ts';
import { insertPersons, updatePersons } from '../persons.ts';
import { transact } from '../transact.ts';
import { namesOfUnits, readUnits, type HolderNames, type Unit } from './hold-units.ts';
import { drawReference } from './reference.ts';

export interface CheckoutRequest {
  holdPublicId: string;
  buyer: { name: string; email: string };
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

export type CheckoutResult =
  | { ok: true; order: PendingOrder }
  | { ok: false; code: 'unknown_hold' | 'hold_expired' }
  | { ok: false; code: 'already_paid'; orderPublicId: string }
  /** More names than passes, or names for what is not in the hold. */
  | { ok: false; code: 'holders_mismatch' };

/**
 * Makes a hold into an order that waits for its payment, at the prices and fees of this moment. Called again for the
 * same hold it changes who buys and who holds, and nothing else. It does not extend the hold.
 */
export async function beginCheckout(
  db: Db,
  request: CheckoutRequest,
  now: Date,
): Promise<CheckoutResult> {
  return transact<CheckoutResult>(db, async (tx) => {
    const hold = await lockHold(tx, request.holdPublicId);
    if (!hold) return { ok: false, code: 'unknown_hold' };
    const [known] = await tx
      .select()
      .from(orders)
      .where(eq(orders.holdId, hold.id))
      .for('no key update');
    if (known?.state === 'paid') {
      return { ok: false, code: 'already_paid', orderPublicId: known.publicId };
    }
    if (hold.state !== 'active' || hold.expiresAt <= now)
      return { ok: false, code: 'hold_expired' };
    const units = await readUnits(tx, hold.id);
    const names = namesOfUnits(units, request.holders, request.buyer.name);
    if (!names) return { ok: false, code: 'holders_mismatch' };
    const order = known
      ? await renameOrder(tx, known, request, names)
      : await insertOrder(tx, hold, request, units, names, now);
    const { publicId, reference, totalMinor, currency } = order;
    return {
      ok: true,
      order: { publicId, reference, totalMinor, currency, expiresAt: hold.expiresAt },
    };
  });
}

async function insertOrder(
  tx: Tx,
  hold: HoldRow,
  request: CheckoutRequest,
  units: Unit[],
  names: string[][],
  now: Date,
): Promise<OrderRow> {
  const [buyerId, ...holderIds] = await insertPersons(tx, hold.eventId, [
    request.buyer,
    ...names.flat().map((name) => ({ name, email: null })),
  ]);
  const [event] = await tx
    .select({ currency: events.currency })
    .from(events)
    .where(eq(events.id, hold.eventId));
  if (!event || buyerId === undefined) throw new Error('an order needs its event and its buyer');
  const order = await insertWithNewReference(tx, {
    eventId: hold.eventId,
    site: hold.site,
    holdId: hold.id,
    buyerId,
    currency: event.currency,
    totalMinor: units.reduce((total, unit) => total + unit.priceMinor + unit.feeMinor, 0),
    locale: request.locale,
    createdAt: now,
  });
  await insertLines(tx, order.id, units, holderIds);
  return order;
}

/** How often another reference is drawn when one was given out before: the second draw is already a rarity. */
const drawsMax = 8;

async function insertWithNewReference(
  tx: Tx,
  order: Omit<typeof orders.$inferInsert, 'reference'>,
): Promise<OrderRow> {
  for (let draw = 0; draw < drawsMax; draw++) {
    const [inserted] = await tx
      .insert(orders)
      .values({ ...order, reference: drawReference() })
      .onConflictDoNothing({ target: orders.reference })
      .returning();
    if (inserted) return inserted;
  }
  throw new Error('no order reference is left to draw');
}

/** A line for each unit, and on each line as many holders as the unit has passes. */
async function insertLines(
  tx: Tx,
  orderId: bigint,
  units: Unit[],
  holderIds: bigint[],
): Promise<void> {
  const lineIds = await takeIds(tx, units.length);
  const lines = units.map(({ typeId, seatId, priceMinor, feeMinor }, index) => ({
    typeId,
    seatId,
    priceMinor,
    feeMinor,
    id: at(lineIds, index),
    orderId,
    no: index + 1,
  }));
  const waiting = [...holderIds];
  const holders = units.flatMap((unit, index) =>
    waiting
      .splice(0, unit.passes)
      .map((personId, no) => ({ orderLineId: at(lineIds, index), no: no + 1, personId })),
  );
  await insertRows(tx, orderLines, lines);
  await insertRows(tx, orderHolders, holders);
}

async function renameOrder(
  tx: Tx,
  order: OrderRow,
  request: CheckoutRequest,
  names: string[][],
): Promise<OrderRow> {
  const holders = await tx
    .select({ id: orderHolders.personId })
    .from(orderHolders)
    .innerJoin(orderLines, eq(orderLines.id, orderHolders.orderLineId))
    .where(eq(orderLines.orderId, order.id))
    .orderBy(asc(orderLines.no), asc(orderHolders.no));
  const given = names.flat();
  await updatePersons(tx, [
    { id: order.buyerId, ...request.buyer },
    ...holders.map((holder, index) => ({ id: holder.id, name: at(given, index) })),
  ]);
  if (order.locale !== request.locale) {
    await tx.update(orders).set({ locale: request.locale }).where(eq(orders.id, order.id));
  }
  return order;
}
