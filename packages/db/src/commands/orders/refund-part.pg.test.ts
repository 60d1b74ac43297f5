import { eq, sql } from 'drizzle-orm';
import { beforeAll, expect, test } from 'vitest';
import { openDb, type Db } from '../../client.ts';
import { initSite } from '../../local-site.ts';
import { orderLines, orders, passes, refunds, stock } from '../../schema/index.ts';
import { makeEvent, makeType, seatRow, type MadeEvent } from '../../seed/index.ts';
import { auditSales } from '../../testing/audit-sales.ts';
import { testDatabase } from '../../testing/index.ts';
import { pendingOrder, testSigningKey } from '../../testing/shop.ts';
import type { HoldRequestLine } from '../holds/hold-request.ts';
import type { SigningKey } from '../keys/signing-keys.ts';
import { exchangePass, exchangeTtlMs, withdrawExchange } from '../passes/exchange-pass.ts';
import { atTheConsole } from '../passes/record-change.ts';
import { expireHolds } from '../holds/expire-holds.ts';
import { refundOrder, refundPart } from './refund-order.ts';
import { settlePayment } from './settle-payment.ts';
import { openPayment } from './open-payment.ts';

const { db, url } = await testDatabase();
const now = new Date('2027-03-01T12:00:00Z');
let event: MadeEvent;
let key: SigningKey;
let no = 0;

beforeAll(async () => {
  await initSite(db, { number: 1, name: 'test', kind: 'cloud' });
  event = await makeEvent(db, {}, now);
  key = await testSigningKey(db, now);
});

async function sell(...lines: HoldRequestLine[]) {
  const ref = `paid-${++no}`;
  const order = await pendingOrder(db, { eventId: event.id, lines }, ref, now);
  await pay(order.publicId, ref, order.totalMinor);
  const [row] = await db.select().from(orders).where(eq(orders.publicId, order.publicId));
  if (!row) throw new Error('no order');
  const sold = await db
    .select({ id: passes.id })
    .from(passes)
    .innerJoin(orderLines, eq(orderLines.id, passes.orderLineId))
    .where(eq(orderLines.orderId, row.id))
    .orderBy(orderLines.no);
  return { id: row.id, passIds: sold.map(({ id }) => id) };
}

async function pay(publicId: string, ref: string, amountMinor: number, at = now) {
  await openPayment(db, { orderPublicId: publicId, provider: 'test', providerRef: ref }, at);
  return settlePayment(
    db,
    { provider: 'test', providerRef: ref, amountMinor, currency: 'EUR', orderPublicId: publicId },
    key,
    at,
  );
}

async function stateOf(orderId: bigint) {
  const [order] = await db.select().from(orders).where(eq(orders.id, orderId));
  const lines = await db.select().from(orderLines).where(eq(orderLines.orderId, orderId));
  return {
    state: order?.state,
    refundedMinor: order?.refundedMinor,
    units: lines.filter(({ hasUnit }) => hasUnit).length,
  };
}

async function passOf(passId: bigint | undefined) {
  const [pass] = await db
    .select()
    .from(passes)
    .where(eq(passes.id, passId ?? 0n));
  return pass;
}

async function stockOf(typeId: bigint) {
  const [row] = await db.select().from(stock).where(eq(stock.typeId, typeId));
  return row && { held: row.held, sold: row.sold };
}

test('S-20 a line goes back with its money and its pass, the others stay; with the last one the order is refunded', async () => {
  const type = await makeType(db, event.id, { priceMinor: 1_000, feeMinor: 100, units: 3 });
  const { id, passIds } = await sell({ typeId: type.id, quantity: 3 });
  expect(await refundPart(db, id, { lineNos: [2], amountMinor: null }, now)).toEqual({
    ok: true,
    refundMinor: 1_100,
  });
  expect(await stateOf(id)).toEqual({ state: 'paid', refundedMinor: 1_100, units: 2 });
  expect((await passOf(passIds[1]))?.status).toBe('refunded');
  expect((await passOf(passIds[0]))?.status).toBe('valid');
  expect(await stockOf(type.id)).toEqual({ held: 0, sold: 2 });
  expect(await refundPart(db, id, { lineNos: [2], amountMinor: null }, now)).toEqual({
    ok: false,
    code: 'unknown_line',
  });
  // The fee is kept this time.
  expect(await refundPart(db, id, { lineNos: [1], amountMinor: 1_000 }, now)).toMatchObject({
    ok: true,
  });
  expect(await refundPart(db, id, { lineNos: [3], amountMinor: null }, now)).toMatchObject({
    ok: true,
  });
  expect(await stateOf(id)).toEqual({ state: 'refunded', refundedMinor: 3_200, units: 0 });
  expect(await auditSales(db)).toEqual([]);
});

test('S-20 an amount goes back while the tickets stay, and never more than is left', async () => {
  const type = await makeType(db, event.id, { priceMinor: 1_000 });
  const { id, passIds } = await sell({ typeId: type.id, quantity: 2 });
  expect(await refundPart(db, id, { lineNos: [], amountMinor: 1_500 }, now)).toMatchObject({
    ok: true,
  });
  expect(await refundPart(db, id, { lineNos: [], amountMinor: 501 }, now)).toEqual({
    ok: false,
    code: 'too_much',
    leftMinor: 500,
  });
  expect((await passOf(passIds[0]))?.status).toBe('valid');
  expect(await refundPart(db, id, { lineNos: [1], amountMinor: null }, now)).toEqual({
    ok: true,
    refundMinor: 500,
  });
  expect(await refundOrder(db, id, now)).toEqual({ ok: true, outcome: 'refunded', refundMinor: 0 });
  expect(await auditSales(db)).toEqual([]);
});

test('S-20 of ten who give the same money back at once, as many succeed as there is money for', async () => {
  const type = await makeType(db, event.id, { priceMinor: 1_000 });
  const { id } = await sell({ typeId: type.id, quantity: 1 });
  const other = openDb(url, { connections: 5 });
  const results = await Promise.all(
    Array.from({ length: 10 }, (_, index) =>
      refundPart(index % 2 ? other : db, id, { lineNos: [], amountMinor: 300 }, now),
    ),
  );
  await other.$client.end({ timeout: 1 });
  expect(results.filter(({ ok }) => ok)).toHaveLength(3);
  expect(await stateOf(id)).toMatchObject({ refundedMinor: 900 });
  expect(await auditSales(db)).toEqual([]);
});

test('S-20 without the lock the same ten would give back more than was paid, and the check on the order refuses', async () => {
  const type = await makeType(db, event.id, { priceMinor: 1_000 });
  const { id } = await sell({ typeId: type.id, quantity: 1 });
  const { id: guarded } = await sell({ typeId: type.id, quantity: 1 });
  const giveAll = (orderId: bigint) => {
    const allRead = new Barrier(10);
    return Promise.allSettled(
      Array.from({ length: 10 }, () => refundUnlocked(db, orderId, allRead)),
    );
  };
  const refused = (await giveAll(guarded)).filter(({ status }) => status === 'rejected');
  expect(refused.length).toBeGreaterThan(0);
  expect(await stateOf(guarded)).toMatchObject({ refundedMinor: 900 });
  await db.execute(sql`alter table orders drop constraint orders_refunded`);
  await giveAll(id);
  expect((await stateOf(id)).refundedMinor).toBeGreaterThan(1_000);
  await db.execute(sql`update orders set refunded_minor = 0 where id in (${id}, ${guarded})`);
  await db.execute(
    sql`alter table orders add constraint orders_refunded check (refunded_minor between 0 and paid_minor)`,
  );
});

/** As `refundPart` does, but for the lock: read, decide, write. All ten have read before the first writes. */
async function refundUnlocked(pool: Db, orderId: bigint, allRead: Barrier): Promise<void> {
  await pool.transaction(async (tx) => {
    const [order] = await tx.select().from(orders).where(eq(orders.id, orderId));
    await allRead.arrive();
    if (!order || order.paidMinor - order.refundedMinor < 300) return;
    await tx
      .update(orders)
      .set({ refundedMinor: sql`${orders.refundedMinor} + 300` })
      .where(eq(orders.id, orderId));
  });
}

/** Lets everybody go on when the last one has come. */
class Barrier {
  #missing: number;
  readonly #open = Promise.withResolvers<undefined>();
  constructor(count: number) {
    this.#missing = count;
  }
  arrive(): Promise<undefined> {
    this.#missing -= 1;
    if (this.#missing === 0) this.#open.resolve(undefined);
    return this.#open.promise;
  }
}

const swap = { toSeatId: null, waived: false };
const exchange = (request: Parameters<typeof exchangePass>[1], at = now) =>
  exchangePass(db, request, key, atTheConsole, at);

test('S-21 a dearer type waits for the difference, holds the new unit, and is changed with its payment', async () => {
  const plain = await makeType(db, event.id, { priceMinor: 1_000 });
  const gold = await makeType(db, event.id, { priceMinor: 3_000, units: 1 });
  const { id, passIds } = await sell({ typeId: plain.id, quantity: 1 });
  const [passId = 0n] = passIds;
  const asked = await exchange({ passId, toTypeId: gold.id, ...swap });
  if (!asked.ok || asked.outcome !== 'waiting') throw new Error('it does not wait');
  expect(asked).toMatchObject({
    dueMinor: 2_000,
    expiresAt: new Date(now.getTime() + exchangeTtlMs),
  });
  expect(await stockOf(gold.id)).toEqual({ held: 1, sold: 0 });
  expect((await passOf(passId))?.typeId).toBe(plain.id);
  expect(await exchange({ passId, toTypeId: gold.id, ...swap })).toMatchObject({
    code: 'exchange_waiting',
  });

  const [due] = await db.select().from(orders).where(eq(orders.reference, asked.orderReference));
  expect(await pay(due?.publicId ?? '', 'difference', 2_000)).toMatchObject({
    ok: true,
    outcome: 'paid',
  });
  expect(await passOf(passId)).toMatchObject({ typeId: gold.id, status: 'valid' });
  expect(await stockOf(gold.id)).toEqual({ held: 0, sold: 1 });
  expect(await stockOf(plain.id)).toEqual({ held: 0, sold: 0 });
  expect(await auditSales(db)).toEqual([]);

  // What is taken back now is what was paid for it, with both orders.
  expect(await refundPart(db, id, { lineNos: [1], amountMinor: null }, now)).toEqual({
    ok: true,
    refundMinor: 3_000,
  });
  expect(await stateOf(due?.id ?? 0n)).toMatchObject({ state: 'refunded', refundedMinor: 2_000 });
  expect(await stockOf(gold.id)).toEqual({ held: 0, sold: 0 });
  expect(await auditSales(db)).toEqual([]);
});

test('S-21 a difference that nobody pays lapses with its hold, or when it is withdrawn; late money goes back', async () => {
  const plain = await makeType(db, event.id, { priceMinor: 1_000 });
  const gold = await makeType(db, event.id, { priceMinor: 3_000, units: 1 });
  const { passIds } = await sell({ typeId: plain.id, quantity: 1 });
  const [passId = 0n] = passIds;
  const first = await exchange({ passId, toTypeId: gold.id, ...swap });
  if (!first.ok || first.outcome !== 'waiting') throw new Error('it does not wait');
  const [due] = await db.select().from(orders).where(eq(orders.reference, first.orderReference));
  await openPayment(
    db,
    { orderPublicId: due?.publicId ?? '', provider: 'test', providerRef: 'late' },
    now,
  );
  const late = new Date(now.getTime() + exchangeTtlMs + 1);
  await expireHolds(db, late, 100);
  expect(await stockOf(gold.id)).toEqual({ held: 0, sold: 0 });
  expect(await pay(due?.publicId ?? '', 'late', 2_000, late)).toMatchObject({
    outcome: 'hold_expired',
  });
  expect((await passOf(passId))?.typeId).toBe(plain.id);

  expect(await exchange({ passId, toTypeId: gold.id, ...swap })).toMatchObject({
    outcome: 'waiting',
  });
  expect(await withdrawExchange(db, passId)).toBe(true);
  expect(await withdrawExchange(db, passId)).toBe(false);
  expect(await stockOf(gold.id)).toEqual({ held: 0, sold: 0 });
  expect(await auditSales(db)).toEqual([]);
});

test('S-21 a cheaper type is changed at once and the difference goes back; a waived one costs nobody anything', async () => {
  const plain = await makeType(db, event.id, { priceMinor: 1_000 });
  const gold = await makeType(db, event.id, { priceMinor: 3_000, units: 5 });
  const { id, passIds } = await sell({ typeId: gold.id, quantity: 2 });
  const [passId = 0n, other = 0n] = passIds;
  expect(await exchange({ passId, toTypeId: plain.id, ...swap })).toEqual({
    ...{ ok: true, outcome: 'done', backMinor: 2_000 },
  });
  expect(
    await exchange({ passId: other, toTypeId: plain.id, toSeatId: null, waived: true }),
  ).toEqual({
    ...{ ok: true, outcome: 'done', backMinor: 0 },
  });
  expect(await stateOf(id)).toMatchObject({ state: 'paid', refundedMinor: 2_000 });
  const back = await db.select().from(refunds).where(eq(refunds.amountMinor, 2_000));
  expect(back).not.toEqual([]);
  expect(await refundOrder(db, id, now)).toMatchObject({ refundMinor: 4_000 });
  expect(await auditSales(db)).toEqual([]);
});

test('S-21 of many who want the last seat, a buyer among them, one gets it', async () => {
  const hall = await makeType(db, event.id, { priceMinor: 2_000, seats: seatRow(5, 'Q') });
  const [wanted = 0n, ...owned] = hall.seatIds;
  const sold = await Promise.all(
    owned.map((seatId) => sell({ typeId: hall.id, seatIds: [seatId] })),
  );
  const moves = sold.map(({ passIds: [passId = 0n] }) =>
    exchange({ passId, toTypeId: hall.id, toSeatId: wanted, waived: false }),
  );
  const bought = sell({ typeId: hall.id, seatIds: [wanted] }).then(
    () => true,
    () => false,
  );
  const got = (await Promise.all(moves)).filter(({ ok }) => ok).length;
  expect(got + Number(await bought)).toBe(1);
  expect(await auditSales(db)).toEqual([]);
});

test('S-21 many refunds, exchanges and withdrawals of the same tickets at once leave nothing wrong', async () => {
  const a = await makeType(db, event.id, { priceMinor: 1_000, units: 30 });
  const b = await makeType(db, event.id, { priceMinor: 2_000, units: 6 });
  const sold = await Promise.all(
    Array.from({ length: 8 }, (_, index) =>
      sell({ typeId: index % 2 ? a.id : b.id, quantity: index % 2 ? 2 : 1 }),
    ),
  );
  const other = openDb(url, { connections: 5 });
  await Promise.all(
    sold.flatMap(({ id, passIds: [passId = 0n] }, index) => [
      exchangePass(other, { passId, toTypeId: b.id, ...swap }, key, atTheConsole, now),
      exchange({ passId, toTypeId: a.id, toSeatId: null, waived: index % 3 === 0 }),
      withdrawExchange(db, passId),
      refundPart(other, id, { lineNos: [1], amountMinor: null }, now),
      ...(index % 4 === 0 ? [refundOrder(db, id, now)] : []),
    ]),
  );
  await other.$client.end({ timeout: 1 });
  expect(await auditSales(db)).toEqual([]);
});
