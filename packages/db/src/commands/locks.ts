/*
 * Locking, all of it. Commands that change scarce state lock rows in this order and in no other:
 *
 *   1. the hold         `lockHold`, or the holds in id order
 *   2. the order
 *   3. the payment
 *   4. stock rows       `lockStock`, in type id order
 *   5. seats            no lock of their own
 *
 * Why nothing can deadlock or be sold twice:
 * 1. Whoever waits for a row has only rows locked that come earlier in this order, so waiting never goes in a circle.
 * 2. Units of a type at a site move only in transactions that have its stock row locked. Two of them follow one another.
 * 3. Seats of a type change hands only under that type's stock row too. The primary key of `seat_claims` and the check
 *    on `stock` would refuse a double sale even if this page were wrong.
 * 4. An order, its payments and its hold never change partners, so they may be read before they are locked.
 *
 * The locks are `no key update`: a row that only names the locked one by a foreign key need not wait for it.
 * A lock is waited for at most `lock_timeout` of the connection (client.ts).
 */
import type { Stock } from '@catraca/domain';
import { and, eq, inArray, sql } from 'drizzle-orm';
import type { Tx } from '../client.ts';
import { rowSet } from '../rows.ts';
import { holds, orders, stock } from '../schema/index.ts';

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

/** An order with its hold, if it came from one, both locked in their order. */
export async function lockOrder(
  tx: Tx,
  order: { id: bigint; holdId: bigint | null },
): Promise<{ order: OrderRow; hold: HoldRow | undefined }> {
  const [hold] = order.holdId
    ? await tx.select().from(holds).where(eq(holds.id, order.holdId)).for('no key update')
    : [];
  const [locked] = await tx
    .select()
    .from(orders)
    .where(eq(orders.id, order.id))
    .for('no key update');
  if (!locked) throw new Error(`order ${order.id} has gone`);
  return { order: locked, hold };
}

/** Locks the stock of these types at a site. A type the site may not sell is missing from the answer. */
export async function lockStock(
  tx: Tx,
  site: number,
  typeIds: readonly bigint[],
): Promise<Map<bigint, Stock>> {
  const rows = await tx
    .select()
    .from(stock)
    .where(and(eq(stock.site, site), inArray(stock.typeId, [...typeIds])))
    .orderBy(stock.typeId)
    .for('no key update');
  return new Map(rows.map((row) => [row.typeId, row]));
}

/** A change of a locked stock row, in units. */
export interface StockMove {
  typeId: bigint;
  held: number;
  sold: number;
}

export async function moveStock(tx: Tx, site: number, moves: readonly StockMove[]): Promise<void> {
  await tx.execute(sql`
    update ${stock} set held = stock.held + move.held, sold = stock.sold + move.sold
    from ${rowSet(
      'move',
      { typeId: 'bigint', held: 'integer', sold: 'integer' },
      moves.map((move) => ({ ...move })),
    )}
    where stock.type_id = move."typeId" and stock.site = ${site}`);
}
