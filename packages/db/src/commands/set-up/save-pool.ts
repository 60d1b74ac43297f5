import { and, asc, eq, inArray, ne, or, sql } from 'drizzle-orm';
import type { Db, Tx } from '../../client.ts';
import { getLocalSite } from '../../local-site.ts';
import { passTypes, stock, stockPools } from '../../schema/index.ts';
import type { Actor } from '../audit/write-audit.ts';
import { lockStock } from '../locks.ts';
import { changeSetUp, type EditedMeanwhile, type SetUpRefusal } from './change-set-up.ts';

/** A capacity that several types share: units of all of them together. */
export interface PoolChange {
  /** Null makes a new one. */
  poolId: bigint | null;
  version: number;
  name: string;
  quantity: number;
  /** All types that share it, from now on. */
  typeIds: readonly bigint[];
}

export type SavePoolResult =
  | { ok: true; poolId: bigint }
  | SetUpRefusal
  | EditedMeanwhile
  | { ok: false; code: 'unknown_pool' | 'unknown_type' }
  /** Units of this type are at another site, and what shares a capacity is sold at one. */
  | { ok: false; code: 'units_elsewhere'; typeId: bigint }
  /** So many of its types are sold or held. */
  | { ok: false; code: 'pool_below_sold'; taken: number };

type PoolRow = typeof stockPools.$inferSelect;

/** Makes a shared capacity or changes it and who shares it. What is sold and held of its types counts at once. */
export async function savePool(
  db: Db,
  eventId: bigint,
  change: PoolChange,
  by: Actor | null = null,
): Promise<SavePoolResult> {
  return changeSetUp<SavePoolResult>(db, eventId, by, async ({ tx, audit }) => {
    const site = (await getLocalSite(tx)).number;
    const types = await ticketsOf(tx, eventId, change.typeIds);
    if (types !== change.typeIds.length) return { ok: false, code: 'unknown_type' };
    const away = await unitsElsewhere(tx, site, change.typeIds);
    if (away !== undefined) return { ok: false, code: 'units_elsewhere', typeId: away };
    const before = await lockAll(tx, site, eventId, change);
    const known = before.find(({ id }) => id === change.poolId);
    if (change.poolId !== null && !known) return { ok: false, code: 'unknown_pool' };
    if (known && known.version !== change.version)
      return { ok: false, code: 'edited_meanwhile', version: known.version };
    const taken = await takenOf(tx, site, change.typeIds);
    if (taken > change.quantity) return { ok: false, code: 'pool_below_sold', taken };
    const poolId = await writePool(tx, eventId, site, known, change);
    await tx
      .update(stock)
      .set({ poolId: null })
      .where(and(eq(stock.site, site), eq(stock.poolId, poolId)));
    if (change.typeIds.length > 0) {
      await tx
        .update(stock)
        .set({ poolId })
        .where(and(eq(stock.site, site), inArray(stock.typeId, [...change.typeIds])));
    }
    await countAgain(tx, eventId);
    await audit({
      ...{ action: 'pool.save', subjectKind: 'stock_pool', subjectId: String(poolId) },
      before: known ? { name: known.name, quantity: known.quantity } : null,
      after: {
        ...{ name: change.name, quantity: change.quantity },
        types: change.typeIds.map(String),
      },
    });
    return { ok: true, poolId };
  });
}

export type RemovePoolResult =
  { ok: true } | SetUpRefusal | EditedMeanwhile | { ok: false; code: 'unknown_pool' };

/** Its types are limited by their own stock alone again. */
export async function removePool(
  db: Db,
  eventId: bigint,
  { poolId, version }: { poolId: bigint; version: number },
  by: Actor | null = null,
): Promise<RemovePoolResult> {
  return changeSetUp<RemovePoolResult>(db, eventId, by, async ({ tx, audit }) => {
    const site = (await getLocalSite(tx)).number;
    const before = await lockAll(tx, site, eventId, { poolId, typeIds: [] });
    const known = before.find(({ id }) => id === poolId);
    if (!known) return { ok: false, code: 'unknown_pool' };
    if (known.version !== version)
      return { ok: false, code: 'edited_meanwhile', version: known.version };
    await tx.update(stock).set({ poolId: null }).where(eq(stock.poolId, poolId));
    await tx.delete(stockPools).where(eq(stockPools.id, poolId));
    const subject = { subjectKind: 'stock_pool', subjectId: String(poolId) };
    const { name, quantity } = known;
    await audit({ action: 'pool.remove', ...subject, before: { name, quantity }, after: null });
    return { ok: true };
  });
}

function ticketsOf(tx: Tx, eventId: bigint, typeIds: readonly bigint[]): Promise<number> {
  if (typeIds.length === 0) return Promise.resolve(0);
  const isTicket = and(eq(passTypes.eventId, eventId), eq(passTypes.kind, 'ticket'));
  return tx.$count(passTypes, and(isTicket, inArray(passTypes.id, [...typeIds])));
}

async function unitsElsewhere(tx: Tx, site: number, typeIds: readonly bigint[]) {
  if (typeIds.length === 0) return undefined;
  const [row] = await tx
    .select({ typeId: stock.typeId })
    .from(stock)
    .where(
      and(
        inArray(stock.typeId, [...typeIds]),
        ne(stock.site, site),
        or(ne(stock.quantity, 0), ne(stock.sold, 0)),
      ),
    )
    .limit(1);
  return row?.typeId;
}

/** The stock of all types that share it before or after, and the capacities of the event, in the order of all locks. */
async function lockAll(
  tx: Tx,
  site: number,
  eventId: bigint,
  { poolId, typeIds }: Pick<PoolChange, 'poolId' | 'typeIds'>,
): Promise<PoolRow[]> {
  const members =
    poolId === null
      ? []
      : await tx.select({ id: stock.typeId }).from(stock).where(eq(stock.poolId, poolId));
  await lockStock(tx, site, [...new Set([...members.map(({ id }) => id), ...typeIds])]);
  return tx
    .select()
    .from(stockPools)
    .where(eq(stockPools.eventId, eventId))
    .orderBy(asc(stockPools.id))
    .for('no key update');
}

async function takenOf(tx: Tx, site: number, typeIds: readonly bigint[]): Promise<number> {
  if (typeIds.length === 0) return 0;
  const [row] = await tx
    .select({ taken: sql<number>`coalesce(sum(${stock.held} + ${stock.sold}), 0)::int` })
    .from(stock)
    .where(and(eq(stock.site, site), inArray(stock.typeId, [...typeIds])));
  return row?.taken ?? 0;
}

async function writePool(
  tx: Tx,
  eventId: bigint,
  site: number,
  known: PoolRow | undefined,
  { name, quantity }: PoolChange,
): Promise<bigint> {
  if (!known) {
    const [row] = await tx
      .insert(stockPools)
      .values({ eventId, name, site, quantity })
      .returning({ id: stockPools.id });
    if (!row) throw new Error('a shared capacity was not written');
    return row.id;
  }
  // Counted again below: what left it may be more than the new quantity has room for.
  await tx
    .update(stockPools)
    .set({ name, quantity, held: 0, sold: 0, version: known.version + 1 })
    .where(eq(stockPools.id, known.id));
  return known.id;
}

/** What is held and sold of each capacity is what is of its types, whose stock is locked. */
async function countAgain(tx: Tx, eventId: bigint): Promise<void> {
  await tx.execute(sql`
    update ${stockPools} p set held = units.held, sold = units.sold
    from (
      select pools.id, coalesce(sum(s.held), 0)::int as held, coalesce(sum(s.sold), 0)::int as sold
      from ${stockPools} pools left join ${stock} s on s.pool_id = pools.id
      where pools.event_id = ${eventId} group by pools.id
    ) units
    where p.id = units.id and p.event_id = ${eventId}`);
}
