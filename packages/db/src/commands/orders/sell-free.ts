import { available } from '@catraca/domain';
import { eq, inArray } from 'drizzle-orm';
import type { Tx } from '../../client.ts';
import { insertRows } from '../../rows.ts';
import { holds, orderLines, seatClaims } from '../../schema/index.ts';
import { lockStock, moveStock, type HoldRow, type LockedStock, type OrderRow } from '../locks.ts';

/**
 * Sells an order whose hold has ended, if as many units and the same seats are still free. The order and its hold are
 * locked. False, with nothing changed, when they are not free.
 */
export async function sellFreeUnits(
  tx: Tx,
  order: OrderRow,
  hold: HoldRow | undefined,
): Promise<boolean> {
  const lines = await tx.select().from(orderLines).where(eq(orderLines.orderId, order.id));
  const units = countByType(lines);
  const locked = await lockStock(tx, order.site, [...units.keys()]);
  for (const [typeId, count] of units) {
    const stock = locked.get(typeId);
    if (!stock || available(stock) < count) return false;
  }
  if (!fitsPools(locked, units)) return false;
  if (!(await sellFreeSeats(tx, lines))) return false;
  const moves = [...units].map(([typeId, sold]) => ({ typeId, sold, held: 0 }));
  await moveStock(tx, order.site, moves);
  if (hold) await tx.update(holds).set({ state: 'sold' }).where(eq(holds.id, hold.id));
  return true;
}

/** Whether the capacities that types share have room for all of them together. */
function fitsPools(
  locked: ReadonlyMap<bigint, LockedStock>,
  units: ReadonlyMap<bigint, number>,
): boolean {
  const left = new Map<bigint, number>();
  for (const [typeId, count] of units) {
    const pool = locked.get(typeId)?.pool;
    if (!pool) continue;
    const rest = (left.get(pool.id) ?? pool.free) - count;
    if (rest < 0) return false;
    left.set(pool.id, rest);
  }
  return true;
}

type Line = typeof orderLines.$inferSelect;

function countByType(lines: readonly Line[]): Map<bigint, number> {
  const units = new Map<bigint, number>();
  for (const { typeId } of lines) units.set(typeId, (units.get(typeId) ?? 0) + 1);
  return units;
}

/** The stock rows are locked, so a seat that is free now is free until the end of this transaction (locks.ts). */
async function sellFreeSeats(tx: Tx, lines: readonly Line[]): Promise<boolean> {
  const claims = seated(lines);
  if (claims.length === 0) return true;
  const seatIds = claims.map((claim) => claim.seatId);
  const taken = await tx.select().from(seatClaims).where(inArray(seatClaims.seatId, seatIds));
  if (taken.length > 0) return false;
  await insertRows(tx, seatClaims, claims);
  return true;
}

function seated(lines: readonly Line[]): { seatId: bigint; orderLineId: bigint }[] {
  return lines.flatMap(({ id, seatId }) => (seatId === null ? [] : [{ seatId, orderLineId: id }]));
}
