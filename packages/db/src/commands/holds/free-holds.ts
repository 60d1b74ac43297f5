import { and, eq, inArray, sql, sum, type SQL } from 'drizzle-orm';
import type { Tx } from '../../client.ts';
import { idArray } from '../../rows.ts';
import {
  holdLines,
  holds,
  orders,
  passExchanges,
  payments,
  seatClaims,
} from '../../schema/index.ts';
import { lockStock, moveStock, type HoldRow } from '../locks.ts';
import { givingBackVouchers } from '../vouchers-in-sale.ts';

/** Units that holds have of each type. */
export async function unitsByType(
  tx: Tx,
  holdIds: readonly bigint[],
): Promise<{ typeId: bigint; quantity: number }[]> {
  return tx
    .select({ typeId: holdLines.typeId, quantity: sum(holdLines.quantity).mapWith(Number) })
    .from(holdLines)
    .where(inArray(holdLines.holdId, [...holdIds]))
    .groupBy(holdLines.typeId);
}

/**
 * Ends active holds that the caller has locked: their units and seats can be had again, and their orders are
 * cancelled unless a payment is under way. All of one site.
 */
export async function freeHolds(
  tx: Tx,
  locked: readonly HoldRow[],
  state: 'released' | 'expired',
): Promise<void> {
  const [first] = locked;
  if (!first) return;
  const ids = locked.map((hold) => hold.id);
  await tx.execute(cancelUnpaidOrders(ids));
  const units = await unitsByType(tx, ids);
  await lockStock(
    tx,
    first.site,
    units.map((line) => line.typeId),
  );
  await returnUnits(tx, locked, units, state);
}

/** The end of `freeHolds`, for a caller who has locked the stock too. */
export async function returnUnits(
  tx: Tx,
  locked: readonly HoldRow[],
  units: readonly { typeId: bigint; quantity: number }[],
  state: 'released' | 'expired',
): Promise<void> {
  const [first] = locked;
  if (!first) return;
  const ids = locked.map((hold) => hold.id);
  await moveStock(
    tx,
    first.site,
    units.map((line) => ({ typeId: line.typeId, held: -line.quantity, sold: 0 })),
  );
  await tx.delete(seatClaims).where(inArray(seatClaims.holdId, ids));
  await tx.update(holds).set({ state }).where(inArray(holds.id, ids));
  await lapseExchanges(tx, ids);
}

/** Exchanges that waited for the difference, which these holds had the new unit for, come to nothing. */
async function lapseExchanges(tx: Tx, holdIds: readonly bigint[]): Promise<void> {
  const paying = tx
    .select({ id: orders.id })
    .from(orders)
    .where(inArray(orders.holdId, [...holdIds]));
  await tx
    .update(passExchanges)
    .set({ state: 'lapsed', settledAt: sql`now()` })
    .where(and(eq(passExchanges.state, 'waiting'), inArray(passExchanges.orderId, paying)));
}

/**
 * The statement that closes the pending orders of these holds, and gives the units of their codes back. A payment that comes after all is
 * honoured or given back (settle-payment.ts): to cancel loses nothing.
 */
export function cancelUnpaidOrders(holdIds: readonly bigint[]): SQL {
  return sql`
    with cancelled as (
      update ${orders} set state = 'cancelled', closed_reason = 'never_paid'
      where hold_id = any(${idArray(holdIds)}) and state = 'pending' and not exists (
        select from ${payments} where payments.order_id = orders.id and payments.state = 'pending')
      returning id
    ), ${givingBackVouchers(sql`cancelled`)}`;
}
