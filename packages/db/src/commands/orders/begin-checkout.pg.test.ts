import { asc, eq } from 'drizzle-orm';
import { beforeAll, expect, test } from 'vitest';
import { initSite } from '../../local-site.ts';
import { searchGrams } from '../../personal/search-grams.ts';
import { orderHolders, orderLines, orders, passTypes, persons } from '../../schema/index.ts';
import { makeEvent, makeType, seatRow, type MadeEvent } from '../../seed/index.ts';
import { auditSales } from '../../testing/audit-sales.ts';
import { testDatabase } from '../../testing/index.ts';
import { placed } from '../../testing/shop.ts';
import type { HoldRequestLine } from '../holds/hold-request.ts';
import { placeHold } from '../holds/place-hold.ts';
import { releaseHold } from '../holds/release-hold.ts';
import { beginCheckout, type CheckoutRequest } from './begin-checkout.ts';

const { db } = await testDatabase();
const now = new Date('2027-03-01T12:00:00Z');
let event: MadeEvent;

beforeAll(async () => {
  await initSite(db, { number: 1, name: 'test', kind: 'cloud' });
  event = await makeEvent(db, { currency: 'BRL', holdTtlSeconds: 600 }, now);
});

async function hold(lines: HoldRequestLine[]): Promise<string> {
  return placed(await placeHold(db, { eventId: event.id, lines }, now)).publicId;
}

async function begin(request: Partial<CheckoutRequest> & { holdPublicId: string }, at = now) {
  const buyer = { name: '  João   da Silva ', email: ' joao@example.com ' };
  return beginCheckout(db, { buyer, holders: [], locale: 'pt-br', ...request }, at);
}

async function holdersOf(publicId: string): Promise<string[]> {
  const rows = await db
    .select({ name: persons.name })
    .from(orders)
    .innerJoin(orderLines, eq(orderLines.orderId, orders.id))
    .innerJoin(orderHolders, eq(orderHolders.orderLineId, orderLines.id))
    .innerJoin(persons, eq(persons.id, orderHolders.personId))
    .where(eq(orders.publicId, publicId))
    .orderBy(asc(orderLines.no), asc(orderHolders.no));
  return rows.map((row) => row.name);
}

test('S-12 the total is that of the database at this moment, with fees', async () => {
  const type = await makeType(db, event.id, { priceMinor: 12_000, feeMinor: 1_200 });
  const holdPublicId = await hold([{ typeId: type.id, quantity: 3 }]);
  await db.update(passTypes).set({ priceMinor: 15_000 }).where(eq(passTypes.id, type.id));
  const begun = await begin({ holdPublicId });
  expect(begun).toMatchObject({ ok: true, order: { totalMinor: 3 * 16_200, currency: 'BRL' } });
  expect(begun.ok && begun.order.reference).toMatch(/^[2-9A-Z]{4}-[2-9A-Z]{4}$/);
  expect(await auditSales(db)).toEqual([]);
});

test('S-13 again for the same hold: the same order with other people in it', async () => {
  const group = await makeType(db, event.id, { passesPerUnit: 3 });
  const seated = await makeType(db, event.id, { seats: seatRow(2) });
  const [left = 0n, right = 0n] = seated.seatIds;
  const holdPublicId = await hold([
    { typeId: seated.id, seatIds: [right, left] },
    { typeId: group.id, quantity: 2 },
  ]);
  const first = await begin({
    holdPublicId,
    holders: [
      { typeNo: group.no, names: ['Ana', 'Bo', '', 'Di'] },
      { typeNo: seated.no, seatId: right, names: ['Rita Right'] },
    ],
  });
  if (!first.ok) throw new Error(first.code);
  const buyer = 'João da Silva';
  expect(await holdersOf(first.order.publicId)).toEqual([
    ...['Ana', 'Bo', buyer, 'Di', buyer, buyer],
    ...[buyer, 'Rita Right'],
  ]);
  const second = await begin({
    holdPublicId,
    buyer: { name: 'Maria', email: 'm@example.com' },
    locale: 'es',
    holders: [{ typeNo: seated.no, names: ['Léa'] }],
  });
  expect(second).toEqual(first);
  expect(await holdersOf(first.order.publicId)).toEqual([
    ...Array<string>(6).fill('Maria'),
    'Léa',
    'Maria',
  ]);
  const [row] = await db
    .select({
      locale: orders.locale,
      name: persons.name,
      search: persons.searchIndex,
      email: persons.email,
    })
    .from(orders)
    .innerJoin(persons, eq(persons.id, orders.buyerId))
    .where(eq(orders.publicId, first.order.publicId));
  expect(row).toEqual({
    locale: 'es',
    name: 'Maria',
    search: searchGrams('m@example.com MARIA'),
    email: 'm@example.com',
  });
});

test('names for what is not in the hold are refused', async () => {
  const type = await makeType(db, event.id);
  const other = await makeType(db, event.id);
  const holdPublicId = await hold([{ typeId: type.id, quantity: 1 }]);
  const mismatch = { ok: false, code: 'holders_mismatch' };
  expect(await begin({ holdPublicId, holders: [{ typeNo: type.no, names: ['A', 'B'] }] })).toEqual(
    mismatch,
  );
  expect(await begin({ holdPublicId, holders: [{ typeNo: other.no, names: ['A'] }] })).toEqual(
    mismatch,
  );
});

test('S-4 a hold that is unknown, past its time or given back has no checkout', async () => {
  const type = await makeType(db, event.id);
  const holdPublicId = await hold([{ typeId: type.id, quantity: 1 }]);
  const stranger = '00000000-0000-4000-8000-000000000000';
  expect(await begin({ holdPublicId: stranger })).toEqual({ ok: false, code: 'unknown_hold' });
  const late = new Date(now.getTime() + 600_000);
  expect(await begin({ holdPublicId }, late)).toEqual({ ok: false, code: 'hold_expired' });
  await releaseHold(db, holdPublicId);
  expect(await begin({ holdPublicId })).toEqual({ ok: false, code: 'hold_expired' });
});
