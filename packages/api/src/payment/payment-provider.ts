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
  /** The money is there already: nobody else will tell. */
  isCollected: boolean;
}

export interface RefundOrder {
  /** Idempotency key: the same refund is asked for again until it is known to have succeeded. */
  refundId: bigint;
  /** Of the payment, as `StartedPayment` gave it. */
  providerRef: string;
  amountMinor: number;
  currency: string;
}

/** A way to collect money and to give it back. Methods throw when the provider cannot be reached or refuses. */
export interface PaymentProvider {
  start(order: PayableOrder): Promise<StartedPayment>;
  /** @returns the provider's own id of the refund. */
  refund(refund: RefundOrder): Promise<string>;
}

export type ProviderName = 'test' | 'stripe' | 'free';
