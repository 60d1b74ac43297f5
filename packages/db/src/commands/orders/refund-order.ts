import { assert } from '@catraca/domain';
import { and, eq, inArray } from 'drizzle-orm';
import type { Db, Tx } from '../../client.ts';
import { getLocalSite } from '../../local-site.ts';
import { orderLines, orders, passes, payments, seatClaims } from '../../schema/index.ts';
import { record } from '../../sync/record-facts.ts';
import { lockOrder, lockStock, moveStock, type OrderRow } from '../locks.ts';
import { queueMail } from '../mail/queue-mail.ts';
import { atTheConsole, recordPassChange, type PassAct } from '../passes/record-change.ts';
import { transact } from '../transact.ts';
import { giveBack } from './received-money.ts';

/**
 * `refunded`: its money goes back, `refundMinor` of it. `asked`: another site took the money, and gives it back when it hears of it;
 * the passes admit nobody from now on either way.
 */
export type RefundOrderResult =
  | { ok: true; outcome: 'refunded'; refundMinor: number }
  | { ok: true; outcome: 'asked' }
  | { ok: false; code: 'unknown_order' | 'not_paid' };

/** Gives the whole money of a paid order back: its passes are `refunded`, its units and seats can be sold again. Asked again, it is done once. */
export async function refundOrder(
  db: Db,
  orderId: bigint,
  now: Date,
  act: PassAct = atTheConsole,
): Promise<RefundOrderResult> {
  return transact<RefundOrderResult>(db, async (tx) => {
    const found = await tx.query.orders.findFirst({ where: eq(orders.id, orderId) });
    if (!found) return { ok: false, code: 'unknown_order' };
    const { order } = await lockOrder(tx, found);
    if (order.state === 'refunded') return { ok: true, outcome: 'refunded', refundMinor: 0 };
    if (order.state !== 'paid') return { ok: false, code: 'not_paid' };
    const site = await getLocalSite(tx);
    if (order.site !== site.number) {
      await endPasses(tx, order, act, now);
      await record(tx, 'refund_ask', [order.id]);
      return { ok: true, outcome: 'asked' };
    }
    return { ok: true, outcome: 'refunded', refundMinor: await refund(tx, order, act, now) };
  });
}

/** A paid order of this site, which is locked. @returns how much goes back. */
export async function refund(tx: Tx, order: OrderRow, act: PassAct, now: Date): Promise<number> {
  const [payment] = await tx
    .select()
    .from(payments)
    .where(and(eq(payments.orderId, order.id), eq(payments.state, 'succeeded')))
    .orderBy(payments.settledAt)
    .limit(1);
  assert(payment, 'a paid order has its payment');
  const refundMinor = await giveBack(tx, payment, order.paidMinor, 'requested', now);
  await endPasses(tx, order, act, now);
  await returnUnits(tx, order);
  await tx
    .update(orders)
    .set({ state: 'refunded', closedReason: 'requested' })
    .where(eq(orders.id, order.id));
  await queueMail(tx, 'order_refunded', order.id, now);
  await record(tx, 'refund', [order.id]);
  return refundMinor;
}

async function endPasses(tx: Tx, order: OrderRow, act: PassAct, now: Date): Promise<void> {
  const rows = await tx
    .select({ id: passes.id, status: passes.status })
    .from(passes)
    .innerJoin(orderLines, eq(orderLines.id, passes.orderLineId))
    .where(eq(orderLines.orderId, order.id))
    .orderBy(passes.id)
    .for('no key update', { of: passes });
  const ended = rows.filter(({ status }) => status !== 'refunded').map(({ id }) => id);
  for (const id of ended) await recordPassChange(tx, id, 'refunded', act, now);
  await tx.update(passes).set({ status: 'refunded' }).where(inArray(passes.id, ended));
  await record(tx, 'pass_change', ended);
}

async function returnUnits(tx: Tx, order: OrderRow): Promise<void> {
  const lines = await tx.select().from(orderLines).where(eq(orderLines.orderId, order.id));
  const units = Map.groupBy(lines, ({ typeId }) => typeId);
  await lockStock(tx, order.site, [...units.keys()]);
  await tx.delete(seatClaims).where(
    inArray(
      seatClaims.orderLineId,
      lines.map(({ id }) => id),
    ),
  );
  const moves = [...units].map(([typeId, { length }]) => ({ typeId, sold: -length, held: 0 }));
  await moveStock(tx, order.site, moves);
}
