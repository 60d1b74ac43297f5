import type Stripe from 'stripe';
import { instantProvider } from './instant-provider.ts';
import type { PaymentProvider, ProviderName } from './payment-provider.ts';
import { openStripe, stripeProvider, type StripeSettings } from './stripe/stripe-provider.ts';

export interface PaymentSettings {
  mode: 'development' | 'production';
  /** In the order in which they are offered. */
  offered: readonly ('test' | 'stripe')[];
  stripe: StripeSettings | undefined;
}

/** The ways to pay at this site. */
export interface PaymentProviders {
  /** What buyers may choose from. */
  readonly offered: readonly ('test' | 'stripe')[];
  /** Undefined for one that this site does not have, whatever an old payment says. */
  find(name: ProviderName): PaymentProvider | undefined;
  readonly stripe: { client: Stripe; webhookSecret: string } | undefined;
}

/** @throws in words for the operator when the settings contradict themselves. */
export function openPaymentProviders(settings: PaymentSettings): PaymentProviders {
  const { mode, offered, stripe } = settings;
  if (mode === 'production' && offered.includes('test')) {
    throw new Error(
      'PAYMENT_PROVIDERS offers `test`, which gives tickets away: refused in production.',
    );
  }
  if (offered.includes('stripe') && stripe === undefined) {
    throw new Error(
      'PAYMENT_PROVIDERS offers `stripe`: STRIPE_SECRET_KEY and STRIPE_WEBHOOK_SECRET are needed.',
    );
  }
  const client = stripe && openStripe(stripe);
  const providers: Record<ProviderName, PaymentProvider | undefined> = {
    free: instantProvider('free'),
    test: mode === 'production' ? undefined : instantProvider('test'),
    stripe: client && stripeProvider(client),
  };
  return {
    offered,
    find: (name) => providers[name],
    stripe: client && stripe && { client, webhookSecret: stripe.webhookSecret },
  };
}
