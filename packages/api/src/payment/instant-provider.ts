import { randomUUID } from 'node:crypto';
import type { InstantProvider } from './payment-provider.ts';

/** `test` for trying Catraca out, `free` for orders of nothing. */
export function instantProvider(prefix: 'test' | 'free'): InstantProvider {
  return {
    kind: 'instant',
    newRef: () => `${prefix}_${randomUUID()}`,
    refund: ({ refundId }) => Promise.resolve(`${prefix}_refund_${refundId}`),
  };
}
