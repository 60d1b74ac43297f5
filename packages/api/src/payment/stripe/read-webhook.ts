import Stripe from 'stripe';

/** What a webhook of Stripe's means to an order. */
export type StripeNews =
  | {
      kind: 'collected';
      eventRef: string;
      providerRef: string;
      amountMinor: number;
      currency: string;
      orderPublicId: string | undefined;
      /** Stripe's id of the payment itself, which knows the card. */
      paymentIntent: string | undefined;
    }
  | { kind: 'failed'; eventRef: string; providerRef: string }
  /** Of no interest here: answered with thanks, or Stripe would send it for days. */
  | { kind: 'other' }
  | { kind: 'bad_signature' };

/** Checks who sent it, and reads it. `body` as it came, byte for byte. */
export async function readStripeWebhook(
  stripe: Stripe,
  webhookSecret: string,
  body: string,
  signature: string | null,
): Promise<StripeNews> {
  if (signature === null) return { kind: 'bad_signature' };
  try {
    return newsOf(await stripe.webhooks.constructEventAsync(body, signature, webhookSecret));
  } catch (error) {
    // Not JSON under a good signature would be Stripe's own fault; it is no more to be trusted.
    if (error instanceof Stripe.errors.StripeSignatureVerificationError) {
      return { kind: 'bad_signature' };
    }
    if (error instanceof SyntaxError) return { kind: 'bad_signature' };
    throw error;
  }
}

function newsOf(event: Stripe.Event): StripeNews {
  switch (event.type) {
    case 'checkout.session.completed':
    case 'checkout.session.async_payment_succeeded':
      return collectedBy(event.id, event.data.object);
    case 'checkout.session.async_payment_failed':
    case 'checkout.session.expired':
      return { kind: 'failed', eventRef: event.id, providerRef: event.data.object.id };
    default:
      return { kind: 'other' };
  }
}

function collectedBy(eventRef: string, session: Stripe.Checkout.Session): StripeNews {
  // A bank transfer completes the page long before it pays.
  if (session.payment_status !== 'paid') return { kind: 'other' };
  const { id, amount_total: amountMinor, currency, payment_intent: intent } = session;
  if (amountMinor === null || currency === null) return { kind: 'other' };
  return {
    kind: 'collected',
    eventRef,
    providerRef: id,
    amountMinor,
    currency: currency.toUpperCase(),
    orderPublicId: session.client_reference_id ?? undefined,
    paymentIntent: typeof intent === 'string' ? intent : intent?.id,
  };
}
