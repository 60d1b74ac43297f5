import { and, eq } from 'drizzle-orm';
import type { Db, DbOrTx } from '../../client.ts';
import { orders, payments } from '../../schema/index.ts';
import { lockOrder } from '../locks.ts';
import { transact } from '../transact.ts';

export type PaymentProvider = (typeof payments.$inferSelect)['provider'];

export interface PaymentRequest {
  orderPublicId: string;
  /** `free` for an order of nothing, and for no other. */
  provider: PaymentProvider;
  /** The provider's own id of this attempt. */
  providerRef: string;
}

export type OpenPaymentResult =
  | { ok: true; payment: { amountMinor: number; currency: string } }
  | { ok: false; code: 'unknown_order' | 'already_paid' | 'order_closed' | 'hold_expired' }
  /** `free` for an order that costs something, or another provider for one that does not. */
  | { ok: false; code: 'wrong_provider' }
  /** The provider's id stands for a payment of another order. */
  | { ok: false; code: 'ref_in_use' };

/**
 * Records that a provider was asked to collect an order's money. Asked again with the same `providerRef`: the same payment.
 * An order may have several: whichever succeeds first pays it.
 */
export async function openPayment(
  db: Db,
  request: PaymentRequest,
  now: Date,
): Promise<OpenPaymentResult> {
  return transact<OpenPaymentResult>(db, async (tx) => {
    const found = await findOrderRow(tx, request.orderPublicId);
    if (!found) return { ok: false, code: 'unknown_order' };
    const { order, hold } = await lockOrder(tx, found);
    if (order.state === 'paid') return { ok: false, code: 'already_paid' };
    if (hold && (hold.state !== 'active' || hold.expiresAt <= now)) {
      return { ok: false, code: 'hold_expired' };
    }
    if (order.state !== 'pending') return { ok: false, code: 'order_closed' };
    if ((request.provider === 'free') !== (order.totalMinor === 0)) {
      return { ok: false, code: 'wrong_provider' };
    }
    const { provider, providerRef } = request;
    const amount = { amountMinor: order.totalMinor, currency: order.currency };
    await tx
      .insert(payments)
      .values({ orderId: order.id, provider, providerRef, ...amount, createdAt: now })
      .onConflictDoNothing();
    const [payment] = await tx
      .select()
      .from(payments)
      .where(and(eq(payments.provider, provider), eq(payments.providerRef, providerRef)));
    if (payment?.orderId !== order.id) return { ok: false, code: 'ref_in_use' };
    return { ok: true, payment: amount };
  });
}

/** What never changes about an order, read before it is locked. */
export async function findOrderRow(tx: DbOrTx, publicId: string) {
  const [order] = await tx
    .select({ id: orders.id, holdId: orders.holdId })
    .from(orders)
    .where(eq(orders.publicId, publicId));
  return order;
}
