import { eq, sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { openDb } from '../../client.ts';
import { initSite } from '../../local-site.ts';
import { sites, stock, stockPools } from '../../schema/index.ts';
import { makeEvent, makeType } from '../../seed/index.ts';
import { listStock } from '../../queries/list-stock.ts';
import { auditSales } from '../../testing/audit-sales.ts';
import { testDatabase } from '../../testing/index.ts';
import { placed, pendingOrder, testSigningKey } from '../../testing/shop.ts';
import { expireHolds } from '../holds/expire-holds.ts';
import { placeHold } from '../holds/place-hold.ts';
import { refundOrder } from '../orders/refund-order.ts';
import { settlePayment } from '../orders/settle-payment.ts';
import { orders } from '../../schema/index.ts';
import { removePool, savePool } from './save-pool.ts';

const { db, url } = await testDatabase();
await initSite(db, { number: 1, name: 'Test', kind: 'cloud' });
const now = new Date();
const key = await testSigningKey(db, now);

/** Two types, of which there are plenty, that share room for so many. */
async function sharing(quantity: number) {
  const event = await makeEvent(db, {}, now);
  const types = [
    await makeType(db, event.id, { priceMinor: 500 }),
    await makeType(db, event.id, { priceMinor: 700 }),
  ];
  const typeIds = types.map(({ id }) => id);
  const saved = await savePool(db, event.id, {
    ...{ poolId: null, version: 1, name: 'Hall', quantity, typeIds },
  });
  if (!saved.ok) throw new Error(saved.code);
  const [one = 0n, two = 0n] = typeIds;
  return { event, one, two, poolId: saved.poolId };
}

const hold = (eventId: bigint, units: [typeId: bigint, quantity: number][], replaces?: string) => {
  const lines = units.map(([typeId, quantity]) => ({ typeId, quantity }));
  return placeHold(db, { eventId, lines, replaces }, now);
};

async function poolOf(id: bigint) {
  const [row] = await db.select().from(stockPools).where(eq(stockPools.id, id));
  return row;
}

test('S-24 a crowd on two types that share room for 30: 30 units are held, whichever they are', async () => {
  const { event, one, two, poolId } = await sharing(30);
  const crowd = openDb(url, { connections: 20 });
  const results = await Promise.all(
    Array.from({ length: 100 }, (_, buyer) => {
      const lines = [
        ...(buyer % 3 === 0 ? [] : [{ typeId: one, quantity: 1 }]),
        ...(buyer % 3 === 1 ? [] : [{ typeId: two, quantity: 1 }]),
      ];
      return placeHold(crowd, { eventId: event.id, lines }, now);
    }),
  );
  await crowd.$client.end();
  const units = results
    .flatMap((result) => (result.ok ? result.hold.lines : []))
    .reduce((sum, { quantity }) => sum + quantity, 0);
  expect(units).toBe(30);
  expect(await poolOf(poolId)).toMatchObject({ held: 30, sold: 0 });
  expect(await auditSales(db)).toEqual([]);
});

test('the same room, looked at without its lock: types that have each their own lock sell more', async () => {
  const { one, two, poolId } = await sharing(30);
  await db.execute(sql`alter table stock_pools drop constraint stock_pools_never_oversold`);
  const crowd = openDb(url, { connections: 20 });
  await Promise.all(
    Array.from({ length: 100 }, (_, buyer) =>
      crowd.transaction(async (tx) => {
        const own = sql`type_id = ${buyer % 2 ? one : two}`;
        await tx.execute(sql`select from stock where ${own} for no key update`);
        const [pool] = await tx.select().from(stockPools).where(eq(stockPools.id, poolId));
        if (!pool || pool.held >= pool.quantity) return;
        await tx.execute(sql`update stock set held = held + 1 where ${own}`);
        await tx
          .update(stockPools)
          .set({ held: pool.held + 1 })
          .where(eq(stockPools.id, poolId));
      }),
    ),
  );
  await crowd.$client.end();
  const [row] = await db.execute<{ held: number }>(
    sql`select sum(held)::int as held from stock where pool_id = ${poolId}`,
  );
  expect(row?.held).toBeGreaterThan(30);
  await db.execute(sql`update stock set held = 0 where pool_id = ${poolId}`);
  await db.execute(sql`update stock_pools set held = 0 where id = ${poolId}`);
  await db.execute(sql`alter table stock_pools add constraint stock_pools_never_oversold
    check (held >= 0 and sold >= 0 and held + sold <= quantity)`);
});

test('S-24 what is left of a shared capacity is said of each of its types, and of both in one cart together', async () => {
  const { event, one, two } = await sharing(5);
  const first = placed(await hold(event.id, [[one, 3]]));
  expect(await hold(event.id, [[two, 3]])).toMatchObject({ code: 'not_enough', available: 2 });
  expect(
    await hold(event.id, [
      [one, 1],
      [two, 2],
    ]),
  ).toMatchObject({ code: 'not_enough', typeId: two, available: 1 });
  // Its own units are free to who exchanges a hold.
  const second = placed(
    await hold(
      event.id,
      [
        [one, 2],
        [two, 3],
      ],
      first.publicId,
    ),
  );
  expect(await hold(event.id, [[two, 1]])).toMatchObject({ code: 'sold_out' });
  const shown = await listStock(db, event.slug, 1);
  expect(shown.map(({ poolFree, poolHeld }) => [poolFree, poolHeld])).toEqual([
    [0, 5],
    [0, 5],
  ]);
  await db.execute(sql`update holds set expires_at = now() where public_id = ${second.publicId}`);
  // Holds past their time count as gone, before anybody sweeps them up.
  expect((await listStock(db, event.slug, 1)).map(({ poolFree }) => poolFree)).toEqual([5, 5]);
  expect(await expireHolds(db, new Date(), 10)).toBeGreaterThan(0);
  expect(await auditSales(db)).toEqual([]);
});

test('a capacity counts what was sold before it was shared, and is not smaller than that', async () => {
  const { event, one, two, poolId } = await sharing(5);
  await hold(event.id, [
    [one, 2],
    [two, 1],
  ]);
  const change = { poolId, version: 1, name: 'Hall', quantity: 2, typeIds: [one, two] };
  expect(await savePool(db, event.id, change)).toEqual({
    ...{ ok: false, code: 'pool_below_sold', taken: 3 },
  });
  expect(await savePool(db, event.id, { ...change, typeIds: [one] })).toMatchObject({ ok: true });
  expect(await poolOf(poolId)).toMatchObject({ held: 2, quantity: 2, version: 2 });
  const other = { ...change, poolId: null, name: 'Other', quantity: 3, typeIds: [one, two] };
  const moved = await savePool(db, event.id, other);
  expect(moved).toMatchObject({ ok: true });
  expect(await poolOf(poolId)).toMatchObject({ held: 0 });
  expect(await removePool(db, event.id, { poolId, version: 1 })).toMatchObject({
    ...{ code: 'edited_meanwhile', version: 2 },
  });
  expect(await removePool(db, event.id, { poolId, version: 2 })).toEqual({ ok: true });
  expect(await auditSales(db)).toEqual([]);
});

test('what another site sells does not share a capacity', async () => {
  const { event, one, poolId } = await sharing(5);
  await db.insert(sites).values({ number: 2, name: 'Venue', kind: 'venue', isLocal: false });
  const away = await makeType(db, event.id);
  await db.insert(stock).values({ typeId: away.id, site: 2, quantity: 3 });
  const change = { poolId, version: 1, name: 'Hall', quantity: 5, typeIds: [one, away.id] };
  expect(await savePool(db, event.id, change)).toEqual({
    ...{ ok: false, code: 'units_elsewhere', typeId: away.id },
  });
});

test('what is sold and refunded moves the shared capacity too', async () => {
  const { event, one, poolId } = await sharing(5);
  const ref = 'shared-1';
  const order = await pendingOrder(
    db,
    { eventId: event.id, lines: [{ typeId: one, quantity: 2 }] },
    ref,
    now,
  );
  const money = { amountMinor: order.totalMinor, currency: event.currency };
  await settlePayment(db, { provider: 'test', providerRef: ref, ...money }, key, now);
  expect(await poolOf(poolId)).toMatchObject({ held: 0, sold: 2 });
  const [row] = await db.select().from(orders).where(eq(orders.publicId, order.publicId));
  await refundOrder(db, row?.id ?? 0n, now);
  expect(await poolOf(poolId)).toMatchObject({ held: 0, sold: 0 });
});
