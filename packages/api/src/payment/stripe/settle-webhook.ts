import { type Db, failPayment, loadSigningKey, settlePayment } from '@catraca/db';
import type Stripe from 'stripe';
import type { LimitKeys } from '../../limit-keys.ts';
import type { Logger } from '../../logger.ts';
import { readStripeWebhook, type StripeNews } from './read-webhook.ts';
import { findFingerprint } from './stripe-provider.ts';

export interface WebhookContext {
  db: Db;
  masterKey: Uint8Array;
  now: Date;
  log: Logger;
  limitKeys: LimitKeys;
  stripe: { client: Stripe; webhookSecret: string };
}

/** `again`: it could not be handled now, and Stripe is to send it again. */
export type WebhookAnswer = 'handled' | 'bad_signature' | 'again';

/** Handles a webhook of Stripe's. The same one twice, or two out of order, change nothing more. */
export async function settleStripeWebhook(
  ctx: WebhookContext,
  body: string,
  signature: string | null,
): Promise<WebhookAnswer> {
  const { client, webhookSecret } = ctx.stripe;
  const news = await readStripeWebhook(client, webhookSecret, body, signature);
  switch (news.kind) {
    case 'bad_signature':
      return 'bad_signature';
    case 'other':
      return 'handled';
    case 'failed': {
      const { providerRef, eventRef } = news;
      const result = await failPayment(
        ctx.db,
        { provider: 'stripe', providerRef, webhookEventRef: eventRef },
        ctx.now,
      );
      ctx.log.info({ outcome: result.ok ? 'failed' : result.code }, 'stripe webhook');
      return 'handled';
    }
    case 'collected':
      return collect(ctx, news);
  }
}

async function collect(
  ctx: WebhookContext,
  news: Extract<StripeNews, { kind: 'collected' }>,
): Promise<WebhookAnswer> {
  const loaded = await loadSigningKey(ctx.db, ctx.masterKey);
  if (!loaded.ok) {
    ctx.log.error({ code: loaded.code }, 'no key to sign passes with');
    return 'again';
  }
  const { eventRef, paymentIntent, kind: _kind, ...payment } = news;
  const card = await cardOf(ctx, paymentIntent);
  if (card === 'away') return 'again';
  const result = await settlePayment(
    ctx.db,
    { provider: 'stripe', ...payment, cardKey: card, webhookEventRef: eventRef },
    loaded.key,
    ctx.now,
  );
  ctx.log.info({ outcome: result.ok ? result.outcome : result.code }, 'stripe webhook');
  return !result.ok && result.code === 'busy' ? 'again' : 'handled';
}

/** The key of the card that paid; null when it was no card. `away`: Stripe does not say now. */
async function cardOf(
  { stripe, limitKeys, log }: WebhookContext,
  paymentIntent: string | undefined,
): Promise<Uint8Array | null | 'away'> {
  if (paymentIntent === undefined) return null;
  try {
    const fingerprint = await findFingerprint(stripe.client, paymentIntent);
    return fingerprint === null ? null : limitKeys.card(fingerprint);
  } catch (error) {
    log.warn({ kind: error instanceof Error ? error.name : typeof error }, 'Stripe told no card');
    return 'away';
  }
}
