/** What a provider is told of an order: enough to collect its money, and no more of the buyer than it needs. */
export interface PayableOrder {
  publicId: string;
  reference: string;
  eventName: string;
  amountMinor: number;
  /** ISO 4217, upper case. */
  currency: string;
  locale: 'en' | 'pt-br' | 'es';
  buyerEmail: string | null;
  /** Sums up to `amountMinor`; words in the order's language. */
  lines: { name: string; quantity: number; unitMinor: number }[];
  /** Absolute addresses to come back to, after paying and after giving up. */
  paidUrl: string;
  cancelledUrl: string;
}

export interface StartedPayment {
  /** The provider's own id of this attempt. */
  providerRef: string;
  /** Where the buyer goes next. */
  redirectTo: string;
}

export interface RefundOrder {
  /** Idempotency key: the same refund is asked for again until it is known to have succeeded. */
  refundId: bigint;
  /** Of the payment, as `StartedPayment` gave it. */
  providerRef: string;
  amountMinor: number;
  currency: string;
}

interface Refunding {
  /** @returns the provider's own id of the refund. */
  refund(refund: RefundOrder): Promise<string>;
}

/** Collects at once and asks nobody: nobody else will tell of it. */
export interface InstantProvider extends Refunding {
  readonly kind: 'instant';
  /** The id of a new attempt. */
  newRef(): string;
}

/** Collects on a page of its own, and tells of it by webhook. */
export interface HostedProvider extends Refunding {
  readonly kind: 'hosted';
  start(order: PayableOrder): Promise<StartedPayment>;
}

/** A way to collect money and to give it back. Methods throw when the provider cannot be reached or refuses. */
export type PaymentProvider = InstantProvider | HostedProvider;

export type ProviderName = 'test' | 'stripe' | 'free';
