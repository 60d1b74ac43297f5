import { asc, eq, inArray } from 'drizzle-orm';
import type { Tx } from '../../client.ts';
import { insertRows } from '../../rows.ts';
import { stock, stockPools, vouchers } from '../../schema/index.ts';
import { idIn, laterBy, newIds } from './copied-rows.ts';

/** What of an event is copied to which other one. */
export interface Copied {
  from: bigint;
  to: bigint;
  /** Of each type that was copied, by the old one. */
  typeIds: ReadonlyMap<bigint, bigint>;
}

/** As many as all sites together had of each type, and room for as many of those that share it. Nothing of it is held or sold. */
export async function copyStock(
  tx: Tx,
  { from, to, typeIds }: Copied,
  site: number,
): Promise<void> {
  const pools = await tx
    .select()
    .from(stockPools)
    .where(eq(stockPools.eventId, from))
    .orderBy(asc(stockPools.id));
  const poolIds = await newIds(tx, pools);
  await insertRows(
    tx,
    stockPools,
    pools.map(({ id, name, quantity }) => ({
      ...{ id: idIn(poolIds, id), eventId: to, site, name, quantity },
    })),
  );
  if (typeIds.size === 0) return;
  const rows = await tx
    .select({ typeId: stock.typeId, quantity: stock.quantity, poolId: stock.poolId })
    .from(stock)
    .where(inArray(stock.typeId, [...typeIds.keys()]));
  const totals = new Map<bigint, { quantity: number; poolId: bigint | null }>();
  for (const { typeId, quantity, poolId } of rows) {
    const known = totals.get(typeId);
    const sum = (known?.quantity ?? 0) + quantity;
    totals.set(typeId, { quantity: sum, poolId: known?.poolId ?? poolId });
  }
  await insertRows(
    tx,
    stock,
    [...totals].map(([typeId, { quantity, poolId }]) => ({
      ...{ typeId: idIn(typeIds, typeId), site, quantity },
      poolId: poolId === null ? null : idIn(poolIds, poolId),
    })),
  );
}

/**
 * The codes, each with nothing used of it, valid as many days later as the event is. A code that was for archived types alone is for nothing
 * that was copied, and is left out: for all types it must not become.
 */
export async function copyVouchers(
  tx: Tx,
  { from, to, typeIds }: Copied,
  { later, zone }: { later: number; zone: string },
): Promise<void> {
  const moment = (instant: Date | null) => (instant ? laterBy(instant, later, zone) : null);
  const rows = await tx
    .select()
    .from(vouchers)
    .where(eq(vouchers.eventId, from))
    .orderBy(asc(vouchers.createdAt), asc(vouchers.id));
  const living = rows.flatMap(({ typeIds: types, ...row }) => {
    const ofCopy = types?.flatMap((id) => typeIds.get(id) ?? []) ?? null;
    return ofCopy?.length === 0 ? [] : [{ ...row, typeIds: ofCopy }];
  });
  const ids = await newIds(tx, living);
  await insertRows(
    tx,
    vouchers,
    living.map(({ createdAt: _, ...row }) => ({
      ...row,
      ...{ id: idIn(ids, row.id), eventId: to, unitsUsed: 0, version: 1 },
      ...{ startsAt: moment(row.startsAt), endsAt: moment(row.endsAt) },
    })),
  );
}
