import { assert } from '@catraca/domain';
import { and, eq, sql } from 'drizzle-orm';
import type { Tx } from '../../client.ts';
import { orderLines, orders, payments, refunds } from '../../schema/index.ts';
import type { OrderRow } from '../locks.ts';
import type { LineRow } from './lock-sale.ts';

/** Money that can go back from an order: to its lines, as far as some are named, and never more than is left of what was paid. */
export interface MoneySource {
  order: OrderRow;
  /** The lines it is for; without any it is for the order as such. */
  lines: readonly LineRow[];
  leftMinor: number;
}

export function leftOfOrder(order: OrderRow): number {
  return order.paidMinor - order.refundedMinor;
}

export function leftOfLines(order: OrderRow, lines: readonly LineRow[]): number {
  const ofLines = lines.reduce((sum, line) => sum + leftOfLine(line), 0);
  return Math.min(ofLines, leftOfOrder(order));
}

function leftOfLine(line: LineRow): number {
  return line.priceMinor + line.feeMinor - line.refundedMinor;
}

/**
 * Asks for money to be returned, of the first source as far as it goes, then of the next. The orders are locked, and the worker
 * carries it out. @returns the ids of the refunds with the orders they are of.
 */
export async function returnMoney(
  tx: Tx,
  sources: readonly MoneySource[],
  amountMinor: number,
  now: Date,
): Promise<{ refundId: bigint; orderId: bigint; amountMinor: number }[]> {
  const asked: { refundId: bigint; orderId: bigint; amountMinor: number }[] = [];
  let rest = amountMinor;
  for (const source of sources) {
    const part = Math.min(rest, source.leftMinor);
    if (part === 0) continue;
    rest -= part;
    asked.push({ ...(await returnPart(tx, source, part, now)), amountMinor: part });
  }
  assert(rest === 0, 'no more goes back than is left');
  return asked;
}

async function returnPart(
  tx: Tx,
  { order, lines }: MoneySource,
  amountMinor: number,
  now: Date,
): Promise<{ refundId: bigint; orderId: bigint }> {
  const [payment] = await tx
    .select()
    .from(payments)
    .where(and(eq(payments.orderId, order.id), eq(payments.state, 'succeeded')))
    .orderBy(payments.settledAt)
    .limit(1);
  assert(payment, 'a paid order has its payment');
  const [only, ...others] = lines;
  const [refund] = await tx
    .insert(refunds)
    .values({
      paymentId: payment.id,
      amountMinor,
      reason: 'requested',
      orderLineId: only && others.length === 0 ? only.id : null,
      ...{ createdAt: now, nextAttemptAt: now },
    })
    .returning({ id: refunds.id });
  assert(refund, 'a refund was written');
  // The check on the column is what holds, should two of these ever be here at once.
  await tx
    .update(orders)
    .set({ refundedMinor: sql`${orders.refundedMinor} + ${amountMinor}` })
    .where(eq(orders.id, order.id));
  await spread(tx, lines, amountMinor);
  return { refundId: refund.id, orderId: order.id };
}

/** Of what goes back each line has its part, the first ones wholly. */
async function spread(tx: Tx, lines: readonly LineRow[], amountMinor: number): Promise<void> {
  let rest = amountMinor;
  for (const line of lines) {
    const part = Math.min(rest, leftOfLine(line));
    if (part === 0) continue;
    rest -= part;
    await tx
      .update(orderLines)
      .set({ refundedMinor: sql`${orderLines.refundedMinor} + ${part}` })
      .where(eq(orderLines.id, line.id));
  }
}
