import { and, eq } from 'drizzle-orm';
import type { Tx } from '../../client.ts';
import { orders, payments, webhookReceipts } from '../../schema/index.ts';
import type { PaymentProvider } from './open-payment.ts';

/** A payment as its provider names it. */
export interface PaymentRef {
  provider: PaymentProvider;
  providerRef: string;
  /** The webhook event that tells of it, when one does: the same event is handled once. */
  webhookEventRef?: string | undefined;
}

export type PaymentRow = typeof payments.$inferSelect;

/** Keeps the receipt of a webhook event. @returns false when it had been received before. */
export async function receive(tx: Tx, ref: PaymentRef): Promise<boolean> {
  if (ref.webhookEventRef === undefined) return true;
  const receipts = await tx
    .insert(webhookReceipts)
    .values({ provider: ref.provider, eventRef: ref.webhookEventRef })
    .onConflictDoNothing()
    .returning();
  return receipts.length > 0;
}

/** The order a payment is for, to be locked before the payment is (locks.ts). */
export async function findOrderOfPayment(
  tx: Tx,
  ref: PaymentRef,
): Promise<{ id: bigint; holdId: bigint | null; publicId: string } | undefined> {
  const [order] = await tx
    .select({ id: orders.id, holdId: orders.holdId, publicId: orders.publicId })
    .from(payments)
    .innerJoin(orders, eq(orders.id, payments.orderId))
    .where(isPayment(ref));
  return order;
}

export async function lockPayment(tx: Tx, ref: PaymentRef): Promise<PaymentRow | undefined> {
  const [payment] = await tx.select().from(payments).where(isPayment(ref)).for('no key update');
  return payment;
}

function isPayment(ref: PaymentRef) {
  return and(eq(payments.provider, ref.provider), eq(payments.providerRef, ref.providerRef));
}
