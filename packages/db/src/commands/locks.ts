/*
 * Locking, all of it. Commands that change scarce state lock in this order and in no other, each kind sorted:
 *
 *   1. limits           `lockLimits`: what one network, buyer or card has of an event
 *   2. holds            `lockHolds`, in id order
 *   3. orders           `lockOrdersOf`, in id order
 *   4. payments         in id order
 *   5. codes            `lockVouchers`, in id order
 *   6. stock rows       `lockStock`, in type id order
 *   7. shared capacity  `lockStock` too, in id order
 *   8. seats            no lock of their own
 *
 * Why nothing can deadlock or be sold twice:
 * 1. Whoever waits for a row has only rows locked that come earlier in this order, so waiting never goes in a circle.
 *    A batch of many requests takes each kind for all of them before it goes on to the next.
 * 2. Units of a type at a site move only in transactions that have its stock row locked. Two of them follow one another.
 * 3. Seats of a type change hands only under that type's stock row too. The primary key of `seat_claims` and the check
 *    on `stock` would refuse a double sale even if this page were wrong.
 *    A capacity that types share moves with them, in the same statement; which one it is stands on their own rows, so that it cannot
 *    change under a sale. Its check refuses a unit too many as that of the stock does.
 * 4. An order, its payments and its hold never change partners, so they may be read before they are locked.
 * 5. What a limit counts grows only in transactions that have its key locked, and is counted after that: of two at the same
 *    moment the second counts what the first has.
 *
 * The locks are `no key update`: a row that only names the locked one by a foreign key need not wait for it.
 * A lock is waited for at most `lock_timeout` of the connection (client.ts).
 */
import { createHash } from 'node:crypto';
import { available, type Stock } from '@catraca/domain';
import { asc, eq, inArray, sql, type SQL } from 'drizzle-orm';
import type { Tx } from '../client.ts';
import { idArray, rowSet, sendAll } from '../rows.ts';
import { holds, orders, stock, stockPools } from '../schema/index.ts';

export type HoldRow = typeof holds.$inferSelect;
export type OrderRow = typeof orders.$inferSelect;

export async function lockHold(tx: Tx, publicId: string): Promise<HoldRow | undefined> {
  const [hold] = await tx
    .select()
    .from(holds)
    .where(eq(holds.publicId, publicId))
    .for('no key update');
  return hold;
}

/** Those of these holds that there are, by their public ids. */
export async function lockHolds(
  tx: Tx,
  publicIds: readonly string[],
): Promise<Map<string, HoldRow>> {
  if (publicIds.length === 0) return new Map();
  const rows = await tx
    .select()
    .from(holds)
    .where(inArray(holds.publicId, [...new Set(publicIds)]))
    .orderBy(asc(holds.id))
    .for('no key update');
  return new Map(rows.map((row) => [row.publicId, row]));
}

/** Orders with their holds, all holds locked before the first order. */
export async function lockOrders(
  tx: Tx,
  found: readonly { id: bigint; holdId: bigint | null }[],
): Promise<Map<bigint, { order: OrderRow; hold: HoldRow | undefined }>> {
  const holdIds = [...new Set(found.flatMap(({ holdId }) => holdId ?? []))];
  const holdRows =
    holdIds.length === 0
      ? []
      : await tx
          .select()
          .from(holds)
          .where(inArray(holds.id, holdIds))
          .orderBy(asc(holds.id))
          .for('no key update');
  const orderRows = await tx
    .select()
    .from(orders)
    .where(inArray(orders.id, [...new Set(found.map(({ id }) => id))]))
    .orderBy(asc(orders.id))
    .for('no key update');
  const holdOf = new Map(holdRows.map((hold) => [hold.id, hold]));
  return new Map(
    orderRows.map((order) => [order.id, { order, hold: holdOf.get(order.holdId ?? 0n) }]),
  );
}

/** The orders of holds that are locked. */
export async function lockOrdersOf(
  tx: Tx,
  holdIds: readonly bigint[],
): Promise<Map<bigint, OrderRow>> {
  if (holdIds.length === 0) return new Map();
  const rows = await tx
    .select()
    .from(orders)
    .where(inArray(orders.holdId, [...holdIds]))
    .orderBy(asc(orders.id))
    .for('no key update');
  return new Map(rows.flatMap((row) => (row.holdId === null ? [] : [[row.holdId, row] as const])));
}

/** Whose units an event's limits count: a keyed hash each, of a network, an e-mail address or a card. */
export type LimitKind = 'network' | 'buyer' | 'card';

/**
 * Locks what these have, until the end of the transaction. The lock's name has 64 bits of the hash; it leaves out the event,
 * which is not known yet for some: whoever shops at two events at once waits for themselves, and no more.
 */
export async function lockLimits(
  tx: Tx,
  kind: LimitKind,
  keys: readonly (Uint8Array | null | undefined)[],
): Promise<void> {
  const names = new Set(keys.flatMap((key) => (key ? [lockName(kind, key)] : [])));
  if (names.size === 0) return;
  const sorted = [...names].sort((a, b) => (a < b ? -1 : 1));
  await sendAll(tx, [
    sql`select pg_advisory_xact_lock(name) from unnest(${idArray(sorted)}) as lock(name)`,
  ]);
}

function lockName(kind: LimitKind, key: Uint8Array): bigint {
  return createHash('sha256').update(`${kind}:`).update(key).digest().readBigInt64BE();
}

/** An order with its hold, if it came from one, both locked in their order. */
export async function lockOrder(
  tx: Tx,
  found: { id: bigint; holdId: bigint | null },
): Promise<{ order: OrderRow; hold: HoldRow | undefined }> {
  const locked = (await lockOrders(tx, [found])).get(found.id);
  if (!locked) throw new Error(`order ${found.id} has gone`);
  return locked;
}

/** A locked row of the stock, with what is left of the capacity that it shares with other types, if it shares one. */
export interface LockedStock extends Stock {
  pool: { id: bigint; free: number } | null;
}

/**
 * Locks the stock of these types at a site, and then the capacities that they share with others. A type the site may not sell is
 * missing from the answer.
 */
export async function lockStock(
  tx: Tx,
  site: number,
  typeIds: readonly bigint[],
): Promise<Map<bigint, LockedStock>> {
  return lockedStock(await tx.execute(stockLock(site, typeIds)));
}

/**
 * The statement of `lockStock`; `lockedStock` reads its answer. All rows of the stock are locked before the first capacity is looked for,
 * because the array of their ids is made first.
 */
export function stockLock(site: number, typeIds: readonly bigint[]): SQL {
  return sql`
    with own as materialized (
      select type_id, quantity, held, sold, pool_id from ${stock}
      where site = ${site} and type_id = any(${idArray(typeIds)}) order by type_id for no key update
    ), pools as materialized (
      select id, quantity - held - sold as free from ${stockPools}
      where id = any(array(select pool_id from own where pool_id is not null)) order by id for no key update
    )
    select own.type_id as "typeId", own.quantity, own.held, own.sold, pools.id as "poolId", pools.free as "poolFree"
    from own left join pools on pools.id = own.pool_id`;
}

export function lockedStock(rows: readonly Record<string, unknown>[]): Map<bigint, LockedStock> {
  return new Map(
    rows.map(({ typeId, quantity, held, sold, poolId, poolFree }) => [
      BigInt(String(typeId)),
      {
        ...{ quantity: Number(quantity), held: Number(held), sold: Number(sold) },
        pool: poolId === null ? null : { id: BigInt(String(poolId)), free: Number(poolFree) },
      },
    ]),
  );
}

/** Units that may still be held of locked stock, as far as it alone is asked for. */
export function freeOf(row: LockedStock): number {
  return Math.min(available(row), row.pool?.free ?? Infinity);
}

/** A change of a locked stock row, in units. */
export interface StockMove {
  typeId: bigint;
  held: number;
  sold: number;
}

export async function moveStock(tx: Tx, site: number, moves: readonly StockMove[]): Promise<void> {
  await tx.execute(stockMovement(site, moves));
}

/** The statement of `moveStock`. A type is named once. A unit of a type is also one of the capacity that it shares. */
export function stockMovement(site: number, moves: readonly StockMove[]): SQL {
  return sql`
    with moved as (
      update ${stock} set held = stock.held + move.held, sold = stock.sold + move.sold
      from ${rowSet(
        'move',
        { typeId: 'bigint', held: 'integer', sold: 'integer' },
        moves.map((move) => ({ ...move })),
      )}
      where stock.type_id = move."typeId" and stock.site = ${site}
      returning stock.pool_id, move.held, move.sold
    )
    update ${stockPools} set held = stock_pools.held + units.held, sold = stock_pools.sold + units.sold
    from (
      select pool_id, sum(held)::int as held, sum(sold)::int as sold from moved where pool_id is not null group by pool_id
    ) as units
    where stock_pools.id = units.pool_id`;
}
