import { and, eq, inArray, ne } from 'drizzle-orm';
import type { Tx } from '../../client.ts';
import { orderLines, orders, passes, passExchanges } from '../../schema/index.ts';
import { lockOrders, type HoldRow, type OrderRow } from '../locks.ts';

export type LineRow = typeof orderLines.$inferSelect;
type ExchangeRow = typeof passExchanges.$inferSelect;

/** An order with all that was paid, or is to be paid, for exchanges of its passes. Orders and holds are locked. */
export interface LockedSale {
  order: OrderRow;
  lines: LineRow[];
  /** Of differences, the latest first. `lineId`: the line whose pass was exchanged. */
  differences: {
    lineId: bigint;
    exchange: ExchangeRow;
    order: OrderRow;
    hold: HoldRow | undefined;
  }[];
}

/**
 * Locks an order and the orders of its exchanges, in the order of locks.ts. Undefined when an exchange was begun just now and its order is
 * not among them: then the same may be asked again.
 */
export async function lockSale(
  tx: Tx,
  found: { id: bigint; holdId: bigint | null },
): Promise<LockedSale | undefined> {
  const before = await exchangesOf(tx, found.id);
  const locked = await lockOrders(tx, [found, ...before.map(({ order }) => order)]);
  const order = locked.get(found.id)?.order;
  if (!order) throw new Error(`order ${found.id} has gone`);
  const lines = await tx
    .select()
    .from(orderLines)
    .where(eq(orderLines.orderId, order.id))
    .orderBy(orderLines.no);
  const differences: LockedSale['differences'] = [];
  for (const { exchange, lineId, order: paying } of await exchangesOf(tx, found.id)) {
    const known = locked.get(paying.id);
    if (!known) return undefined;
    differences.unshift({ lineId, exchange, ...known });
  }
  return { order, lines, differences };
}

async function exchangesOf(tx: Tx, orderId: bigint) {
  const rows = await tx
    .select({
      exchange: passExchanges,
      lineId: orderLines.id,
      order: { id: orders.id, holdId: orders.holdId },
    })
    .from(passExchanges)
    .innerJoin(passes, eq(passes.id, passExchanges.passId))
    .innerJoin(orderLines, eq(orderLines.id, passes.orderLineId))
    .innerJoin(orders, eq(orders.id, passExchanges.orderId))
    .where(
      and(
        eq(orderLines.orderId, orderId),
        ne(orders.id, orderId),
        inArray(passExchanges.state, ['waiting', 'done']),
      ),
    )
    .orderBy(passExchanges.id);
  return rows;
}
