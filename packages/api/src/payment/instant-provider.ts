import { randomUUID } from 'node:crypto';
import type { PaymentProvider } from './payment-provider.ts';

/** Collects at once and asks nobody: `test` for trying Catraca out, `free` for orders of nothing. */
export function instantProvider(prefix: 'test' | 'free'): PaymentProvider {
  return {
    start: (order) =>
      Promise.resolve({
        providerRef: `${prefix}_${randomUUID()}`,
        redirectTo: order.paidUrl,
        isCollected: true,
      }),
    refund: ({ refundId }) => Promise.resolve(`${prefix}_refund_${refundId}`),
  };
}
