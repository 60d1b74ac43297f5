import { eq } from 'drizzle-orm';
import type { Tx } from '../../client.ts';
import { payments, refunds } from '../../schema/index.ts';
import type { PaymentRow } from './find-payment.ts';

/** What a provider says it collected. */
interface Money {
  amountMinor: number;
  /** ISO 4217, upper case. */
  currency: string;
}

export type Wrong = 'wrong_amount' | 'wrong_currency';

export function wrongness(payment: PaymentRow, received: Money): Wrong | undefined {
  if (payment.currency !== received.currency) return 'wrong_currency';
  return payment.amountMinor === received.amountMinor ? undefined : 'wrong_amount';
}

/** Records money that is not what was asked for, and asks for it to be returned. @returns how much. */
export async function refuseMoney(
  tx: Tx,
  payment: PaymentRow,
  received: Money,
  now: Date,
): Promise<number> {
  await tx
    .update(payments)
    .set({
      state: 'refused',
      receivedMinor: received.amountMinor,
      receivedCurrency: received.currency,
      settledAt: now,
    })
    .where(eq(payments.id, payment.id));
  return giveBack(tx, payment, received.amountMinor, 'wrong_amount', now);
}

export async function succeed(
  tx: Tx,
  payment: PaymentRow,
  cardKey: Uint8Array | null | undefined,
  now: Date,
): Promise<void> {
  await tx
    .update(payments)
    .set({ state: 'succeeded', settledAt: now, cardKey: cardKey ?? null })
    .where(eq(payments.id, payment.id));
}

/** Asks for money to be returned; the worker carries it out. @returns how much: nothing has no refund. */
export async function giveBack(
  tx: Tx,
  payment: PaymentRow,
  amountMinor: number,
  reason: (typeof refunds.$inferSelect)['reason'],
  now: Date,
): Promise<number> {
  if (amountMinor === 0) return 0;
  await tx
    .insert(refunds)
    .values({ paymentId: payment.id, amountMinor, reason, createdAt: now, nextAttemptAt: now });
  return amountMinor;
}
