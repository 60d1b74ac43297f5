import { and, eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { grantCredential, revokePass } from '../commands/index.ts';
import { claimsOfMedium } from '../commands/passes/sign-medium.ts';
import { initSite } from '../local-site.ts';
import { media } from '../schema/index.ts';
import { makeType } from '../seed/index.ts';
import { makeDesk } from '../testing/desk.ts';
import { testDatabase } from '../testing/index.ts';
import { pendingOrder, testSigningKey } from '../testing/shop.ts';
import type { Leaf } from './leaf.ts';
import { listOrders, type OrderSearch } from './list-orders.ts';
import { listPasses, type PassSearch } from './list-passes.ts';

const { db } = await testDatabase();
await initSite(db, { number: 1, name: 'Test', kind: 'cloud' });
const now = new Date();
// A ticket of Bia Buyer, a cart of hers that is not paid yet, and a credential.
const desk = await makeDesk(db, { now });
const other = await makeDesk(db, { name: 'Another', now });
const lines = [{ typeId: desk.typeId, quantity: 2 }];
const later = new Date(now.getTime() + 1000);
const unpaid = await pendingOrder(db, { eventId: desk.eventId, lines }, 'unpaid', later);
const press = await makeType(db, desk.eventId, { kind: 'credential', name: { en: 'Press' } });
const granted = await grantCredential(
  db,
  {
    typeId: press.id,
    holder: { name: 'João  Conceição Ávila', email: 'joao_99@example.com' },
    personKey: null,
  },
  await testSigningKey(db, now),
  later,
);
if (!granted.ok) throw new Error(granted.code);

const everyOrder: OrderSearch = {
  ...{ eventId: desk.eventId, text: '', state: null, sort: 'newest', leaf: 'first', pageSize: 10 },
};

async function orders(search: Partial<OrderSearch>) {
  const { rows, total } = await listOrders(db, {
    ...everyOrder,
    ...search,
  });
  return { total: total?.count, found: rows.map(({ reference }) => reference) };
}

async function passes(search: Partial<PassSearch>) {
  const { rows, total } = await listPasses(db, {
    ...{
      eventId: desk.eventId,
      text: '',
      status: null,
      sort: 'newest',
      leaf: 'first',
      pageSize: 10,
    },
    ...search,
  });
  return { total: total?.count, found: rows.map(({ holderName }) => holderName) };
}

test('without a text all orders of the event are found, and of no other', async () => {
  expect(await orders({})).toEqual({ total: 2, found: [unpaid.reference, desk.orderReference] });
});

test.each(['BIA', 'buy bia', 'Bía', 'IA@EXAMPLE'])('orders by %j', async (text) => {
  expect((await orders({ text })).total).toBe(2);
});

test('an order by any part of its reference, in any case', async () => {
  const text = desk.orderReference.slice(2).toLowerCase();
  expect((await orders({ text })).found).toEqual([desk.orderReference]);
});

test.each(['%', '_', 'b%a', 'bia x', 'zzz'])('no order by %j', async (text) => {
  expect(await orders({ text })).toEqual({ total: 0, found: [] });
});

test('a page lies after or before a row that was seen, or at an end', async () => {
  const [first, second] = [desk.orderReference, unpaid.reference];
  const paging = { sort: 'oldest' as const, pageSize: 1 };
  const page = async (leaf: Leaf) => {
    const { rows, ...around } = await listOrders(db, { ...everyOrder, ...paging, leaf });
    return { ...around, found: rows.map(({ reference }) => reference) };
  };
  const total = { count: 2, hasMore: false };
  const atFirst = { total, cut: false, found: [first], hasBefore: false, hasAfter: true };
  const atSecond = { total, cut: false, found: [second], hasBefore: true, hasAfter: false };
  expect(await page('first')).toEqual(atFirst);
  expect(await page({ after: first })).toEqual(atSecond);
  expect(await page('last')).toEqual(atSecond);
  expect(await page({ before: second })).toEqual(atFirst);
  expect((await page({ after: second })).found).toEqual([]);
});

test('orders by state and by total', async () => {
  expect((await orders({ state: 'pending' })).found).toEqual([unpaid.reference]);
  expect((await orders({ sort: 'largest' })).found[0]).toBe(unpaid.reference);
});

test.each(['joao', 'avila conc', 'JOÃO', 'o_99@exa'])('a pass by %j', async (text) => {
  expect(await passes({ text })).toEqual({ total: 1, found: ['João Conceição Ávila'] });
});

test('a pass by the reference of its order', async () => {
  expect((await passes({ text: desk.orderReference })).found).toEqual(['Bia Buyer']);
});

test('a pass by either of its codes, whole', async () => {
  const codes = await db.select().from(media).where(eq(media.passId, desk.passId));
  const qr = codes.find(({ kind }) => kind === 'qr');
  const number = codes.find(({ kind }) => kind === 'barcode')?.code ?? '';
  if (!qr) throw new Error('no QR code');
  const { token } = claimsOfMedium({ eventId: desk.eventId, typeNo: 1 }, qr);
  expect((await passes({ text: token })).found).toEqual(['Bia Buyer']);
  expect((await passes({ text: ` ${number} ` })).found).toEqual(['Bia Buyer']);
  expect((await passes({ text: number.slice(0, 8) })).total).toBe(0);
});

test('a code of another event finds nothing here', async () => {
  const ofOther = and(eq(media.passId, other.passId), eq(media.kind, 'barcode'));
  const [barcode] = await db.select().from(media).where(ofOther);
  if (!barcode?.code) throw new Error('no barcode');
  expect((await passes({ text: barcode.code })).total).toBe(0);
  expect((await passes({ eventId: other.eventId, text: barcode.code })).total).toBe(1);
});

test('passes by status', async () => {
  await revokePass(db, granted.passId, now);
  expect((await passes({ status: 'revoked' })).found).toEqual(['João Conceição Ávila']);
  expect((await passes({ status: 'valid' })).found).toEqual(['Bia Buyer']);
});
