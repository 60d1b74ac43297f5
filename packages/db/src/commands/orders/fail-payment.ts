import { assert } from '@catraca/domain';
import { eq } from 'drizzle-orm';
import type { Db } from '../../client.ts';
import { payments } from '../../schema/index.ts';
import { cancelUnpaidOrders } from '../holds/free-holds.ts';
import { lockOrder } from '../locks.ts';
import { transact } from '../transact.ts';
import { findOrderOfPayment, lockPayment, receive, type PaymentRef } from './find-payment.ts';

export type FailPaymentResult =
  | { ok: true; orderPublicId: string }
  | { ok: false; code: 'unknown_payment' }
  /** It had succeeded: a late or disordered message, and nothing was changed. */
  | { ok: false; code: 'already_settled'; orderPublicId: string };

/** The provider could not collect the money. The buyer may try again while the hold lives. */
export async function failPayment(db: Db, ref: PaymentRef, now: Date): Promise<FailPaymentResult> {
  return transact<FailPaymentResult>(db, async (tx, refuse) => {
    await receive(tx, ref);
    const found = await findOrderOfPayment(tx, ref);
    if (!found) return refuse({ ok: false, code: 'unknown_payment' });
    const { hold } = await lockOrder(tx, found);
    const payment = await lockPayment(tx, ref);
    assert(payment, 'a payment does not go away');
    const orderPublicId = found.publicId;
    if (payment.state === 'succeeded' || payment.state === 'refused') {
      return { ok: false, code: 'already_settled', orderPublicId };
    }
    await tx
      .update(payments)
      .set({ state: 'failed', settledAt: now })
      .where(eq(payments.id, payment.id));
    if (hold && hold.state !== 'active') await tx.execute(cancelUnpaidOrders([hold.id]));
    return { ok: true, orderPublicId };
  });
}
