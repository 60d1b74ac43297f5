import { eq, sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { openDb } from '../../client.ts';
import { initSite } from '../../local-site.ts';
import { orderLines, orders, vouchers } from '../../schema/index.ts';
import { makeEvent, makeType } from '../../seed/index.ts';
import { auditSales } from '../../testing/audit-sales.ts';
import { testDatabase } from '../../testing/index.ts';
import { placed } from '../../testing/shop.ts';
import { expireHolds } from '../holds/expire-holds.ts';
import { placeHold } from '../holds/place-hold.ts';
import { beginCheckout } from '../orders/begin-checkout.ts';
import { saveVoucher, type VoucherValues } from './save-voucher.ts';

const { db, url } = await testDatabase();
await initSite(db, { number: 1, name: 'Test', kind: 'cloud' });
const now = new Date();

async function anEvent() {
  const event = await makeEvent(db, {}, now);
  const plain = await makeType(db, event.id, {
    ...{ priceMinor: 1000, feeMinor: 200, taxBasisPoints: 2000 },
  });
  const hidden = await makeType(db, event.id, { hidden: true, priceMinor: 500 });
  return { event, plain: plain.id, hidden: hidden.id };
}

async function aCode(eventId: bigint, values: Partial<VoucherValues>) {
  const saved = await saveVoucher(db, eventId, {
    ...{ voucherId: null, version: 1 },
    values: {
      ...{ code: 'FRIENDS', kind: 'percent', value: 25, typeIds: null, unitsMax: null },
      ...{ startsAt: null, endsAt: null, note: '', state: 'active' },
      ...values,
    },
  });
  if (!saved.ok) throw new Error(saved.code);
  return saved.voucherId;
}

const hold = (eventId: bigint, typeId: bigint, quantity: number, code?: string, on = db) =>
  placeHold(on, { eventId, lines: [{ typeId, quantity }], code }, now);

const buyer = { name: 'Bia Buyer', email: 'bia@example.com' };
const begin = (holdPublicId: string, on = db) =>
  beginCheckout(on, { holdPublicId, buyer, holders: [], locale: 'en' }, now);

async function usedOf(id: bigint) {
  const [row] = await db.select().from(vouchers).where(eq(vouchers.id, id));
  return row?.unitsUsed;
}

test('S-25 a code lowers the price of the types it is for, and the tax is within what is paid', async () => {
  const { event, plain } = await anEvent();
  const id = await aCode(event.id, {});
  const held = placed(await hold(event.id, plain, 2, ' friends '));
  const begun = await begin(held.publicId);
  expect(begun).toMatchObject({ ok: true, order: { totalMinor: 2 * (750 + 200) } });
  expect(await db.select().from(orderLines)).toMatchObject(
    Array(2).fill({
      priceMinor: 750,
      discountMinor: 250,
      feeMinor: 200,
      taxMinor: 158,
      voucherId: id,
    }),
  );
  expect(await usedOf(id)).toBe(2);
  // Called again it counts nothing twice.
  await begin(held.publicId);
  expect(await usedOf(id)).toBe(2);
  expect(await auditSales(db)).toEqual([]);
});

test('a hidden type is bought with a code that shows it, and is not there without', async () => {
  const { event, plain, hidden } = await anEvent();
  await aCode(event.id, { kind: 'access', value: 0, code: 'CREW', typeIds: [hidden] });
  await aCode(event.id, { code: 'CHEAP' });
  expect(await hold(event.id, hidden, 1)).toMatchObject({ code: 'unknown_type' });
  // A discount for everything names no hidden type.
  expect(await hold(event.id, hidden, 1, 'CHEAP')).toMatchObject({ code: 'unknown_type' });
  expect(await hold(event.id, hidden, 1, 'CREW')).toMatchObject({ ok: true });
  expect(await hold(event.id, plain, 1, 'NOBODY')).toMatchObject({ code: 'unknown_code' });
});

test.each([
  { state: 'off' },
  { startsAt: new Date(now.getTime() + 1000) },
  { endsAt: now },
] as const)('a code that is %j is unknown', async (values) => {
  const { event, plain } = await anEvent();
  await aCode(event.id, values);
  expect(await hold(event.id, plain, 1, 'FRIENDS')).toMatchObject({ code: 'unknown_code' });
});

test('a type that is sold elsewhere, or archived, is not held', async () => {
  const event = await makeEvent(db, {}, now);
  const desk = await makeType(db, event.id, { channels: ['desk'] });
  const archived = await makeType(db, event.id, { archived: true });
  expect(await hold(event.id, desk.id, 1)).toMatchObject({ code: 'other_channel' });
  const atDesk = { eventId: event.id, lines: [{ typeId: desk.id, quantity: 1 }] };
  expect(await placeHold(db, { ...atDesk, channel: 'desk' }, now)).toMatchObject({ ok: true });
  expect(await hold(event.id, archived.id, 1)).toMatchObject({ code: 'unknown_type' });
});

test('S-27 a code for 10 units and 40 checkouts at once: 10 units are ordered with it', async () => {
  const { event, plain } = await anEvent();
  const id = await aCode(event.id, { unitsMax: 10 });
  const holds = await Promise.all(
    Array.from({ length: 40 }, () => hold(event.id, plain, 1, 'FRIENDS')),
  );
  const crowd = openDb(url, { connections: 20 });
  const results = await Promise.all(holds.map((one) => begin(placed(one).publicId, crowd)));
  await crowd.$client.end();
  expect(results.filter(({ ok }) => ok)).toHaveLength(10);
  expect(results.find(({ ok }) => !ok)).toMatchObject({ code: 'code_used_up', left: 0 });
  expect(await usedOf(id)).toBe(10);
  expect(await hold(event.id, plain, 1, 'FRIENDS')).toMatchObject({ code: 'code_used_up' });
});

test('the same checkouts, without the lock on the code: more units than there are', async () => {
  const { event } = await anEvent();
  const id = await aCode(event.id, { unitsMax: 10 });
  await db.execute(sql`alter table vouchers drop constraint vouchers_never_overused`);
  const crowd = openDb(url, { connections: 20 });
  const granted = await Promise.all(
    Array.from({ length: 40 }, () =>
      crowd.transaction(async (tx) => {
        const [row] = await tx.select().from(vouchers).where(eq(vouchers.id, id));
        if (!row || row.unitsUsed >= 10) return false;
        await tx
          .update(vouchers)
          .set({ unitsUsed: sql`${vouchers.unitsUsed} + 1` })
          .where(eq(vouchers.id, id));
        return true;
      }),
    ),
  );
  await crowd.$client.end();
  expect(granted.filter(Boolean).length).toBeGreaterThan(10);
  await db.execute(sql`update vouchers set units_used = 0`);
  await db.execute(sql`delete from voucher_uses`);
  await db.execute(sql`alter table vouchers add constraint vouchers_never_overused
    check (units_used >= 0 and (units_max is null or units_used <= units_max))`);
});

test('S-27 units come back when an order lapses or its hold is exchanged', async () => {
  const { event, plain } = await anEvent();
  const id = await aCode(event.id, { unitsMax: 3 });
  const first = placed(await hold(event.id, plain, 3, 'FRIENDS'));
  await begin(first.publicId);
  expect(await usedOf(id)).toBe(3);
  const lines = [{ typeId: plain, quantity: 1 }];
  const again = { eventId: event.id, lines, replaces: first.publicId };
  const second = placed(await placeHold(db, again, now));
  expect(await usedOf(id)).toBe(0);
  const third = placed(await hold(event.id, plain, 2, 'FRIENDS'));
  await begin(third.publicId);
  expect(await usedOf(id)).toBe(2);
  await expireHolds(db, new Date(now.getTime() + 3_600_000), 100);
  expect(await usedOf(id)).toBe(0);
  expect(second.publicId).not.toBe(third.publicId);
  const states = await db.select({ state: orders.state }).from(orders);
  expect(new Set(states.map(({ state }) => state))).toEqual(new Set(['cancelled']));
});

test('a code is once in an event, and not for fewer units than have it', async () => {
  const { event, plain } = await anEvent();
  const id = await aCode(event.id, { unitsMax: 3 });
  await expect(aCode(event.id, {})).rejects.toThrow('code_taken');
  await begin(placed(await hold(event.id, plain, 2, 'FRIENDS')).publicId);
  const values: VoucherValues = {
    ...{ code: 'FRIENDS', kind: 'amount', value: 100, typeIds: null, unitsMax: 1 },
    ...{ startsAt: null, endsAt: null, note: '', state: 'active' },
  };
  const change = { voucherId: id, version: 1, values };
  expect(await saveVoucher(db, event.id, change)).toEqual({
    ok: false,
    code: 'below_used',
    used: 2,
  });
  const wider = { ...change, values: { ...values, unitsMax: 2 } };
  expect(await saveVoucher(db, event.id, wider)).toMatchObject({ ok: true });
  expect(await saveVoucher(db, event.id, wider)).toMatchObject({ code: 'edited_meanwhile' });
});
