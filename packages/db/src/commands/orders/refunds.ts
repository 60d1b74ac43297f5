import { and, eq, inArray, lte, sql } from 'drizzle-orm';
import type { Db } from '../../client.ts';
import { orders, payments, refunds, sites } from '../../schema/index.ts';
import { record } from '../../sync/record-facts.ts';
import { nextAttempt } from '../retry.ts';
import { transact } from '../transact.ts';
import type { PaymentProvider } from './open-payment.ts';

/** Money to be returned. The provider must take `refundId` as its idempotency key: a refund may be asked for again. */
export interface DueRefund {
  refundId: bigint;
  provider: PaymentProvider;
  /** The provider's own id of the payment. */
  providerRef: string;
  amountMinor: number;
  currency: string;
  reason: (typeof refunds.$inferSelect)['reason'];
  orderPublicId: string;
  /** This time included. */
  attempts: number;
}

/**
 * Takes at most `limit` refunds that are due. One that `markRefunded` does not follow comes again, later each time:
 * nothing is to be said of a failure. Two workers never take the same one.
 */
export async function takeDueRefunds(db: Db, now: Date, limit: number): Promise<DueRefund[]> {
  return transact<DueRefund[]>(db, async (tx) => {
    const due = await tx
      .select({ id: refunds.id, attempts: refunds.attempts })
      .from(refunds)
      .where(
        and(
          eq(refunds.state, 'requested'),
          lte(refunds.nextAttemptAt, now),
          // Money that another site took is given back there.
          sql`${refunds.id} >> 48 = (select number from ${sites} where is_local)`,
        ),
      )
      .orderBy(refunds.nextAttemptAt)
      .limit(limit)
      .for('no key update', { skipLocked: true });
    for (const { id, attempts } of due) {
      await tx
        .update(refunds)
        .set({ attempts: attempts + 1, nextAttemptAt: nextAttempt(attempts + 1, now) })
        .where(eq(refunds.id, id));
    }
    const rows = await tx
      .select({ refund: refunds, payment: payments, orderPublicId: orders.publicId })
      .from(refunds)
      .innerJoin(payments, eq(payments.id, refunds.paymentId))
      .innerJoin(orders, eq(orders.id, payments.orderId))
      .where(
        inArray(
          refunds.id,
          due.map((row) => row.id),
        ),
      );
    return rows.map(({ refund, payment, orderPublicId }) => ({
      refundId: refund.id,
      provider: payment.provider,
      providerRef: payment.providerRef,
      amountMinor: refund.amountMinor,
      currency: payment.receivedCurrency ?? payment.currency,
      reason: refund.reason,
      orderPublicId,
      attempts: refund.attempts,
    }));
  });
}

/** The money is back. `providerRef`: the provider's own id of the refund. Marked again, it stays as it was. */
export async function markRefunded(
  db: Db,
  refund: { refundId: bigint; providerRef: string },
  now: Date,
): Promise<void> {
  await transact(db, async (tx) => {
    const [marked] = await tx
      .update(refunds)
      .set({ state: 'succeeded', providerRef: refund.providerRef, settledAt: now })
      .where(and(eq(refunds.id, refund.refundId), eq(refunds.state, 'requested')))
      .returning({ paymentId: refunds.paymentId });
    if (!marked) return;
    const [payment] = await tx.select().from(payments).where(eq(payments.id, marked.paymentId));
    if (payment) await record(tx, 'refund', [payment.orderId]);
  });
}
