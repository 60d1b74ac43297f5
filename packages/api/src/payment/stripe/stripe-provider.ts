import Stripe from 'stripe';
import type { HostedProvider, PayableOrder, RefundOrder } from '../payment-provider.ts';

export interface StripeSettings {
  secretKey: string;
  /** Signs the webhooks of this site's endpoint. */
  webhookSecret: string;
  /** Only to speak to a stand-in for Stripe; undefined is Stripe itself. */
  apiBase?: string | undefined;
}

/** How long (ms) Stripe may take, and how often it is asked again: a buyer is waiting. */
const timeoutMs = 10_000;
const retriesMax = 2;

/** Stripe's shortest life of a checkout page. What is paid after the hold ran out is honoured or given back. */
const sessionTtlSeconds = 30 * 60;

const stripeLocales = { en: 'en', 'pt-br': 'pt-BR', es: 'es' } as const;

export function openStripe({ secretKey, apiBase }: StripeSettings): Stripe {
  const address = apiBase === undefined ? undefined : new URL(apiBase);
  return new Stripe(secretKey, {
    timeout: timeoutMs,
    maxNetworkRetries: retriesMax,
    telemetry: false,
    ...(address && {
      host: address.hostname,
      port: address.port,
      protocol: address.protocol === 'https:' ? 'https' : 'http',
    }),
  });
}

/** Payment on Stripe's own page (Checkout): a card number never touches this site. */
export function stripeProvider(stripe: Stripe): HostedProvider {
  return {
    kind: 'hosted',
    async start(order) {
      const session = await stripe.checkout.sessions.create(sessionOf(order));
      if (session.url === null) throw new Error('Stripe gave a checkout without an address');
      return { providerRef: session.id, redirectTo: session.url };
    },
    refund: (refund) => refundAtStripe(stripe, refund),
  };
}

function sessionOf(order: PayableOrder): Stripe.Checkout.SessionCreateParams {
  return {
    mode: 'payment',
    client_reference_id: order.publicId,
    payment_intent_data: { description: `${order.eventName} · ${order.reference}` },
    locale: stripeLocales[order.locale],
    success_url: order.paidUrl,
    cancel_url: order.cancelledUrl,
    expires_at: Math.floor(Date.now() / 1000) + sessionTtlSeconds,
    ...(order.buyerEmail === null ? {} : { customer_email: order.buyerEmail }),
    line_items: order.lines.map(({ name, quantity, unitMinor }) => ({
      quantity,
      price_data: {
        currency: order.currency.toLowerCase(),
        unit_amount: unitMinor,
        product_data: { name },
      },
    })),
  };
}

async function refundAtStripe(stripe: Stripe, refund: RefundOrder): Promise<string> {
  const session = await stripe.checkout.sessions.retrieve(refund.providerRef);
  const intent =
    typeof session.payment_intent === 'string'
      ? session.payment_intent
      : session.payment_intent?.id;
  if (intent === undefined) throw new Error('nothing was paid at this checkout');
  const { id } = await stripe.refunds.create(
    { payment_intent: intent, amount: refund.amountMinor },
    { idempotencyKey: `refund:${refund.refundId}` },
  );
  return id;
}

/** What Stripe says is the same for the same card, for the payment of a checkout; null for one that was no card's. */
export async function findFingerprint(
  stripe: Stripe,
  paymentIntent: string,
): Promise<string | null> {
  const intent = await stripe.paymentIntents.retrieve(paymentIntent, { expand: ['latest_charge'] });
  const charge = intent.latest_charge;
  if (charge === null || typeof charge === 'string') return null;
  return charge.payment_method_details?.card?.fingerprint ?? null;
}
