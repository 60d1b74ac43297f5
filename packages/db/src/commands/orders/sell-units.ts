import { assert, available } from '@catraca/domain';
import { eq, inArray, sql } from 'drizzle-orm';
import type { Tx } from '../../client.ts';
import { insertRows } from '../../rows.ts';
import { holds, orderLines, seatClaims } from '../../schema/index.ts';
import { lockStock, moveStock, type HoldRow, type OrderRow } from '../locks.ts';

/**
 * Makes what an active hold has into sales. The order and its hold are locked, so it cannot fail: it comes last in its
 * transaction, since every buyer of the type waits for the stock row from here to the commit.
 */
export async function sellHeldUnits(tx: Tx, order: OrderRow, hold: HoldRow): Promise<void> {
  assert(hold.state === 'active', 'an active hold has its stock');
  const lines = await tx.select().from(orderLines).where(eq(orderLines.orderId, order.id));
  const units = countByType(lines);
  await tx.update(holds).set({ state: 'sold' }).where(eq(holds.id, hold.id));
  await lockStock(tx, order.site, [...units.keys()]);
  await sellHeldSeats(tx, hold, lines);
  await moveStock(tx, order.site, moves(units, -1));
}

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
  if (!(await sellFreeSeats(tx, lines))) return false;
  await moveStock(tx, order.site, moves(units, 0));
  if (hold) await tx.update(holds).set({ state: 'sold' }).where(eq(holds.id, hold.id));
  return true;
}

type Line = typeof orderLines.$inferSelect;

function countByType(lines: readonly Line[]): Map<bigint, number> {
  const units = new Map<bigint, number>();
  for (const { typeId } of lines) units.set(typeId, (units.get(typeId) ?? 0) + 1);
  return units;
}

function moves(units: Map<bigint, number>, heldPerUnit: -1 | 0) {
  return [...units].map(([typeId, sold]) => ({ typeId, sold, held: heldPerUnit * sold }));
}

async function sellHeldSeats(tx: Tx, hold: HoldRow, lines: readonly Line[]): Promise<void> {
  if (seated(lines).length === 0) return;
  const sold = await tx.execute(sql`
    update ${seatClaims} set hold_id = null, order_line_id = line.id
    from ${orderLines} as line
    where seat_claims.hold_id = ${hold.id} and line.seat_id = seat_claims.seat_id
      and line.order_id = ${lines[0]?.orderId ?? null}
    returning seat_claims.seat_id`);
  assert(sold.length === seated(lines).length, 'a hold has the seats of its order');
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
