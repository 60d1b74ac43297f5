import { settleStripeWebhook } from '@catraca/api/payment';
import type { RequestHandler } from './$types';

/** Bytes of one webhook: Stripe's are a few kB. */
const bodyBytesMax = 65_536;

export const POST: RequestHandler = async ({ request, locals }) => {
  const { db, masterKey, now, log, payments, limitKeys } = locals.api;
  if (!payments.stripe)
    return new Response('This site takes no payments by Stripe.', { status: 404 });
  const body = await request.text();
  if (Buffer.byteLength(body) > bodyBytesMax) return new Response('Too large.', { status: 413 });
  const context = { db, masterKey, now, log, limitKeys, stripe: payments.stripe };
  const signature = request.headers.get('stripe-signature');
  switch (await settleStripeWebhook(context, body, signature)) {
    case 'handled':
      return new Response('Thank you.');
    case 'bad_signature':
      return new Response('Not signed by Stripe for this endpoint.', { status: 400 });
    case 'again':
      return new Response('Not now: please send it again.', { status: 503 });
  }
};
