import { randomUUID } from 'node:crypto';
import { available } from '@catraca/domain';
import { and, eq, sql } from 'drizzle-orm';
import type { Db, Tx } from '../../client.ts';
import { getLocalSite } from '../../local-site.ts';
import {
  holdLines,
  holds,
  orderLines,
  orders,
  passes,
  passExchanges,
  passTypes,
  seatClaims,
  seats,
} from '../../schema/index.ts';
import { at, takeIds } from '../ids.ts';
import { freeHolds } from '../holds/free-holds.ts';
import type { SigningKey } from '../keys/signing-keys.ts';
import { lockStock, moveStock } from '../locks.ts';
import { queueMails, queueRefundMail } from '../mail/queue-mail.ts';
import { lockSale, type LineRow, type LockedSale } from '../orders/lock-sale.ts';
import { insertOrder } from '../orders/insert-order.ts';
import { leftOfLines, leftOfOrder, returnMoney } from '../orders/return-money.ts';
import { type Actor, writeAudit } from '../audit/write-audit.ts';
import { transact } from '../transact.ts';
import type { PassAct } from './record-change.ts';
import { lockPass, passAudit, type PassRow } from './revoke-pass.ts';
import { changePass } from './settle-exchange.ts';

/** How long (ms) the new unit is kept for somebody who has to pay the difference: a mail is read, and a bank card is found. */
export const exchangeTtlMs = 24 * 3_600_000;

export interface ExchangeRequest {
  passId: bigint;
  toTypeId: bigint;
  /** For a type with seats, and for no other. */
  toSeatId: bigint | null;
  /** Nobody pays a difference, and nobody gets one back. */
  waived: boolean;
}

export type ExchangeRefusal = {
  ok: false;
  code:
    | 'unknown_pass'
    /** Revoked, refunded or blocked. */
    | 'not_valid'
    /** A credential, or one of a group ticket: not a unit of its own. */
    | 'not_a_unit'
    /** Another site sold it, and exchanges it. */
    | 'issued_elsewhere'
    /** An exchange of it waits for its payment. */
    | 'exchange_waiting'
    /** No ticket type of this event that is sold one by one. */
    | 'unknown_type'
    | 'seat_needed'
    | 'has_no_seats'
    | 'unknown_seat'
    /** It is that already. */
    | 'same'
    | 'sold_out'
    | 'seat_taken'
    /** Something else was done to it at the same moment; the same may be asked again. */
    | 'busy';
};

export type ExchangeResult =
  /** It is exchanged, and `backMinor` goes back. */
  | { ok: true; outcome: 'done'; backMinor: number }
  /** The new unit is held until `expiresAt` for whoever pays `dueMinor` with this order. */
  | { ok: true; outcome: 'waiting'; orderReference: string; dueMinor: number; expiresAt: Date }
  | ExchangeRefusal;

/**
 * Changes the type or the seat of a sold ticket. What is dearer waits for an order of the difference and holds the new unit meanwhile; the
 * change is made with its payment, or lapses. What is cheaper is changed at once, and the difference goes back.
 */
export async function exchangePass(
  db: Db,
  request: ExchangeRequest,
  key: SigningKey,
  act: PassAct,
  now: Date,
  by: Actor | null = null,
): Promise<ExchangeResult> {
  return transact<ExchangeResult>(db, async (tx) => {
    const found = await findSold(tx, request.passId);
    if (!found.ok) return found;
    const sale = await lockSale(tx, found.order);
    if (!sale) return { ok: false, code: 'busy' };
    const pass = await lockPass(tx, request.passId);
    const line = sale.lines.find(({ id }) => id === pass?.orderLineId);
    if (pass?.status !== 'valid' || sale.order.state !== 'paid' || !line?.hasUnit) {
      return { ok: false, code: 'not_valid' };
    }
    const ofLine = sale.differences.filter(({ lineId }) => lineId === line.id);
    if (ofLine.some(({ exchange }) => exchange.state === 'waiting')) {
      return { ok: false, code: 'exchange_waiting' };
    }
    const wish: Wish = { ...request, tx, sale, pass, line, key, act, now };
    const price = await priceOf(wish);
    if (typeof price === 'object') return price;
    const difference = request.waived ? 0 : price - worthOf(sale, line);
    const taken = await takeUnit(wish, difference > 0);
    if (taken) return taken;
    const result = await (difference > 0 ? wait(wish, difference) : change(wish, difference));
    if (by) await writeAudit(tx, by, exchangeAudit(wish, difference));
    return result;
  });
}

function exchangeAudit({ pass, toTypeId, toSeatId, waived }: Wish, differenceMinor: number) {
  const after = { typeId: toTypeId, seatId: toSeatId, differenceMinor, waived };
  return {
    ...passAudit('pass.exchange', pass, after),
    before: { typeId: pass.typeId, seatId: pass.seatId },
  };
}

interface Wish extends ExchangeRequest {
  tx: Tx;
  sale: LockedSale;
  pass: PassRow;
  line: LineRow;
  key: SigningKey;
  act: PassAct;
  now: Date;
}

async function findSold(tx: Tx, passId: bigint) {
  const [found] = await tx
    .select({
      kind: passes.kind,
      site: orders.site,
      order: { id: orders.id, holdId: orders.holdId },
      units: passTypes.passesPerUnit,
    })
    .from(passes)
    .innerJoin(passTypes, eq(passTypes.id, passes.typeId))
    .leftJoin(orderLines, eq(orderLines.id, passes.orderLineId))
    .leftJoin(orders, eq(orders.id, orderLines.orderId))
    .where(eq(passes.id, passId));
  if (!found) return { ok: false, code: 'unknown_pass' } as const;
  if (!found.order || found.units !== 1) return { ok: false, code: 'not_a_unit' } as const;
  if (found.site !== (await getLocalSite(tx)).number) {
    return { ok: false, code: 'issued_elsewhere' } as const;
  }
  return { ok: true, order: found.order } as const;
}

/** What was paid for a line and did not go back: with it and with the differences since. */
function worthOf({ order, differences }: LockedSale, line: LineRow): number {
  const own = Math.min(line.priceMinor + line.feeMinor - line.refundedMinor, leftOfOrder(order));
  return differences
    .filter(({ lineId, exchange }) => lineId === line.id && exchange.state === 'done')
    .reduce((sum, { order: paid }) => sum + leftOfOrder(paid), own);
}

/** What the wished unit costs today, where there is such a one. */
async function priceOf({ tx, pass, toTypeId, toSeatId }: Wish): Promise<number | ExchangeRefusal> {
  const [type] = await tx.select().from(passTypes).where(eq(passTypes.id, toTypeId));
  if (
    type?.eventId !== pass.eventId ||
    type.kind !== 'ticket' ||
    type.passesPerUnit !== 1 ||
    type.archived
  ) {
    return { ok: false, code: 'unknown_type' };
  }
  if (toTypeId === pass.typeId && toSeatId === pass.seatId) return { ok: false, code: 'same' };
  if (type.seated !== (toSeatId !== null)) {
    return { ok: false, code: type.seated ? 'seat_needed' : 'has_no_seats' };
  }
  return type.priceMinor + type.feeMinor;
}

/**
 * Locks the stock of both types and sees that the unit and the seat are free. Of a capacity that both types share the change takes no
 * more than it gives; while it `waits` both units are taken.
 */
async function takeUnit(wish: Wish, waits: boolean): Promise<ExchangeRefusal | undefined> {
  const { tx, sale, line, toTypeId, toSeatId } = wish;
  const { site } = sale.order;
  const locked = await lockStock(tx, site, [...new Set([line.typeId, toTypeId])]);
  const stock = locked.get(toTypeId);
  const pool = stock?.pool;
  const isShared = pool && pool.id === locked.get(line.typeId)?.pool?.id;
  const isFull = pool && pool.free < 1 && (waits || !isShared);
  const needsUnit = waits || toTypeId !== line.typeId;
  if (needsUnit && (!stock || available(stock) < 1 || isFull)) {
    return { ok: false, code: 'sold_out' };
  }
  if (toSeatId === null) return undefined;
  const [seat] = await tx
    .select({ id: seats.id, claimed: seatClaims.seatId })
    .from(seats)
    .leftJoin(seatClaims, eq(seatClaims.seatId, seats.id))
    .where(
      and(
        eq(seats.id, toSeatId),
        eq(seats.typeId, toTypeId),
        eq(seats.site, site),
        eq(seats.outOfSale, false),
      ),
    );
  if (!seat) return { ok: false, code: 'unknown_seat' };
  return seat.claimed === null ? undefined : { ok: false, code: 'seat_taken' };
}

/** Not dearer: changed now, and what is too much goes back. */
async function change(wish: Wish, difference: number): Promise<ExchangeResult> {
  const { tx, sale, pass, line, toTypeId, toSeatId, key, act, now } = wish;
  if (toTypeId !== line.typeId) {
    await moveStock(tx, sale.order.site, [
      { typeId: line.typeId, held: 0, sold: -1 },
      { typeId: toTypeId, held: 0, sold: 1 },
    ]);
  }
  const later = sale.differences
    .filter(({ lineId, exchange }) => lineId === line.id && exchange.state === 'done')
    .map(({ order }) => ({ order, lines: [], leftMinor: leftOfOrder(order) }));
  const first = { order: sale.order, lines: [line], leftMinor: leftOfLines(sale.order, [line]) };
  const backMinor = Math.abs(difference);
  const refunded = await returnMoney(tx, [...later, first], backMinor, now);
  for (const { orderId, refundId } of refunded) await queueRefundMail(tx, orderId, refundId, now);
  await tx.insert(passExchanges).values({
    ...exchangeRow(wish),
    ...{ differenceMinor: difference, state: 'done', settledAt: now },
  });
  await changePass(tx, pass, { toTypeId, toSeatId }, key, act, now);
  return { ok: true, outcome: 'done', backMinor };
}

function exchangeRow({ pass, toTypeId, toSeatId, act, now }: Wish) {
  const from = { fromTypeId: pass.typeId, fromSeatId: pass.seatId };
  return { passId: pass.id, ...from, toTypeId, toSeatId, userId: act.userId, createdAt: now };
}

/** Dearer: the new unit is held, and an order of the difference waits for its payment. */
async function wait(wish: Wish, dueMinor: number): Promise<ExchangeResult> {
  const { tx, sale, toTypeId, toSeatId, now } = wish;
  const ids = await takeIds(tx, 2);
  const [holdId, orderId] = [at(ids, 0), at(ids, 1)];
  const { site, eventId, buyerId, currency, locale } = sale.order;
  const expiresAt = new Date(now.getTime() + exchangeTtlMs);
  await tx.insert(holds).values({ id: holdId, eventId, site, expiresAt, createdAt: now });
  await tx.insert(holdLines).values({ holdId, typeId: toTypeId, quantity: 1 });
  if (toSeatId !== null) await tx.insert(seatClaims).values({ seatId: toSeatId, holdId });
  await moveStock(tx, site, [{ typeId: toTypeId, held: 1, sold: 0 }]);
  const reference = await insertOrder(tx, {
    ...{ id: orderId, publicId: randomUUID(), eventId, site, holdId, buyerId, currency, locale },
    ...{ totalMinor: dueMinor, createdAt: now },
  });
  const price = { priceMinor: dueMinor, feeMinor: 0 };
  await tx.insert(orderLines).values({
    ...{ orderId, no: 1, typeId: toTypeId, seatId: toSeatId, hasUnit: false },
    ...price,
  });
  await tx.insert(passExchanges).values({
    ...exchangeRow(wish),
    ...{ differenceMinor: dueMinor, state: 'waiting', orderId },
  });
  const dedupeKey = `exchange_offered:${orderId}`;
  await queueMails(tx, [{ kind: 'exchange_offered', orderId, dedupeKey }], now);
  return { ok: true, outcome: 'waiting', orderReference: reference, dueMinor, expiresAt };
}

/** Withdraws an exchange that waits for its payment: what it held can be had again. @returns false when none waits. */
export async function withdrawExchange(
  db: Db,
  passId: bigint,
  by: Actor | null = null,
): Promise<boolean> {
  return transact(db, async (tx) => {
    const [waiting] = await tx
      .select({ holdId: orders.holdId })
      .from(passExchanges)
      .innerJoin(orders, eq(orders.id, passExchanges.orderId))
      .where(and(eq(passExchanges.passId, passId), eq(passExchanges.state, 'waiting')));
    if (!waiting?.holdId) return false;
    const [hold] = await tx
      .select()
      .from(holds)
      .where(and(eq(holds.id, waiting.holdId), eq(holds.state, 'active')))
      .for('no key update');
    if (!hold) return false;
    await tx.execute(sql`select from ${orders} where hold_id = ${hold.id} for no key update`);
    await freeHolds(tx, [hold], 'released');
    const [pass] = await tx.select().from(passes).where(eq(passes.id, passId));
    if (by && pass) await writeAudit(tx, by, passAudit('pass.withdrawExchange', pass, {}));
    return true;
  });
}
