import { beginCheckout, initSite, placeHold, schema, takeDueRefunds, type Db } from '@catraca/db';
import { makeEvent, makeType } from '@catraca/db/seed';
import { testDatabase } from '@catraca/db/testing';
import { placed, testMasterKey, testSigningKey } from '@catraca/db/testing/shop';
import { parsePublicId } from '@catraca/domain';
import { eq } from 'drizzle-orm';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ApiContext } from '../context.ts';
import { createCaller } from '../router.ts';
import { StripeStandIn } from '../testing/stripe-stand-in.ts';
import { testContext } from '../testing/test-context.ts';
import { openPaymentProviders, settleStripeWebhook } from './index.ts';

const { db } = await testDatabase();
const stripe = new StripeStandIn();
let context: ApiContext;
let eventId: bigint;

beforeAll(async () => {
  await initSite(db, { number: 1, name: 'Test', kind: 'cloud' });
  const now = new Date();
  await testSigningKey(db, now);
  eventId = (await makeEvent(db, { currency: 'BRL' }, now)).id;
  const settings = {
    secretKey: stripe.secretKey,
    webhookSecret: stripe.webhookSecret,
    apiBase: await stripe.listen(),
  };
  const payments = openPaymentProviders({
    mode: 'development',
    offered: ['test', 'stripe'],
    stripe: settings,
  });
  context = { ...(await testContext(db, null)), masterKey: testMasterKey, payments };
});

afterAll(() => stripe.close());

/** An order of so many tickets in the buyer's cart, and how to call the API as that buyer. */
async function order(
  options: { quantity?: number; priceMinor?: number; typeId?: bigint; eventId?: bigint } = {},
) {
  const now = new Date();
  const { quantity = 2, priceMinor = 4_500 } = options;
  const typeId = options.typeId ?? (await makeType(db, eventId, { priceMinor, feeMinor: 0 })).id;
  const of = { eventId: options.eventId ?? eventId };
  const hold = placed(await placeHold(db, { ...of, lines: [{ typeId, quantity }] }, now));
  const buyer = { name: 'Bia Buyer', email: 'bia@example.com' };
  const begun = await beginCheckout(
    db,
    { holdPublicId: hold.publicId, buyer, holders: [], locale: 'pt-br' },
    now,
  );
  if (!begun.ok) throw new Error(begun.code);
  const parsed = parsePublicId(hold.publicId);
  const cart = { ...context.cart, holdPublicId: parsed.ok ? parsed.value : null };
  const { publicId, totalMinor } = begun.order;
  return {
    publicId,
    totalMinor,
    api: createCaller({ ...context, cart, now: new Date() }),
    typeId,
    hold,
  };
}

async function stateOf(publicId: string) {
  const [found] = await db.select().from(schema.orders).where(eq(schema.orders.publicId, publicId));
  return found?.state;
}

async function passesOf(publicId: string): Promise<number> {
  const rows = await db
    .select({ id: schema.passes.id })
    .from(schema.passes)
    .innerJoin(schema.orderLines, eq(schema.orderLines.id, schema.passes.orderLineId))
    .innerJoin(schema.orders, eq(schema.orders.id, schema.orderLines.orderId))
    .where(eq(schema.orders.publicId, publicId));
  return rows.length;
}

const webhook = ({ body, signature }: { body: string; signature: string | null }, on: Db = db) => {
  const { masterKey, log, payments, limitKeys } = context;
  if (!payments.stripe) throw new Error('no stripe');
  return settleStripeWebhook(
    { db: on, masterKey, log, limitKeys, now: new Date(), stripe: payments.stripe },
    body,
    signature,
  );
};

/** A checkout begun at Stripe. */
async function atStripe(options: Parameters<typeof order>[0] = {}) {
  const made = await order(options);
  const { redirectTo } = await made.api.payment.start({
    orderPublicId: made.publicId,
    provider: 'stripe',
  });
  return { ...made, sessionId: redirectTo.split('/').at(-1) ?? '', redirectTo };
}

describe('the test provider', () => {
  test('S-6 pays at once: the order has its passes when the buyer comes back', async () => {
    const { publicId, api } = await order();
    const { redirectTo } = await api.payment.start({ orderPublicId: publicId, provider: 'test' });
    expect(redirectTo).toBe(context.links.order(publicId));
    expect([await stateOf(publicId), await passesOf(publicId)]).toEqual(['paid', 2]);
    await expect(api.payment.start({ orderPublicId: publicId, provider: 'test' })).rejects.toThrow(
      'already_paid',
    );
  });

  test('an order of nothing needs no provider', async () => {
    const { publicId, api } = await order({ priceMinor: 0, quantity: 1 });
    await api.payment.start({ orderPublicId: publicId, provider: 'stripe' });
    expect([await stateOf(publicId), await passesOf(publicId)]).toEqual(['paid', 1]);
  });

  test('is refused in production, when the site starts', () => {
    const offering = { mode: 'production', offered: ['test'], stripe: undefined } as const;
    expect(() => openPaymentProviders(offering)).toThrow('gives tickets away');
    const providers = openPaymentProviders({ ...offering, offered: [] });
    expect(providers.find('test')).toBeUndefined();
  });

  test('does not pay the order of somebody else', async () => {
    const { publicId } = await order();
    const stranger = createCaller(context);
    await expect(
      stranger.payment.start({ orderPublicId: publicId, provider: 'test' }),
    ).rejects.toThrow('not_found');
    expect(await stateOf(publicId)).toBe('pending');
  });
});

describe('Stripe', () => {
  test('collects the sum of the order, in its currency, for its reference', async () => {
    const { publicId, totalMinor, redirectTo } = await atStripe();
    expect(redirectTo).toMatch(/^https:\/\/checkout\.stripe\.example\/cs_/);
    const fields = stripe.calls.at(-1)?.fields;
    expect(fields?.get('client_reference_id')).toBe(publicId);
    expect(fields?.get('line_items[0][price_data][currency]')).toBe('brl');
    expect(
      Number(fields?.get('line_items[0][quantity]')) *
        Number(fields?.get('line_items[0][price_data][unit_amount]')),
    ).toBe(totalMinor);
    expect(await stateOf(publicId)).toBe('pending');
  });

  test('S-8 a webhook that it signed pays the order; the same one twice, or thirty at once, change nothing more', async () => {
    const { publicId, sessionId } = await atStripe();
    const paid = stripe.paidWebhook(sessionId);
    const answers = await Promise.all(Array.from({ length: 30 }, () => webhook(paid)));
    expect(new Set(answers)).toEqual(new Set(['handled']));
    expect(await webhook(paid)).toBe('handled');
    expect([await stateOf(publicId), await passesOf(publicId)]).toEqual(['paid', 2]);
  });

  test('a wrong signature, none, an old one, or another body change nothing', async () => {
    const { publicId, sessionId } = await atStripe();
    const paid = stripe.paidWebhook(sessionId);
    const other = stripe.paidWebhook(sessionId, {}, 'whsec_somebody_else');
    const old = stripe.webhook(
      'checkout.session.completed',
      {},
      stripe.webhookSecret,
      Date.now() - 3_600_000,
    );
    expect(await webhook(other)).toBe('bad_signature');
    expect(await webhook({ ...paid, signature: null })).toBe('bad_signature');
    expect(await webhook(old)).toBe('bad_signature');
    expect(await webhook({ ...paid, body: paid.body.replace('paid', 'Paid') })).toBe(
      'bad_signature',
    );
    expect([await stateOf(publicId), await passesOf(publicId)]).toEqual(['pending', 0]);
  });

  test('any bytes under any signature are an answer, never a crash', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string(), fc.option(fc.string()), async (body, signature) => {
        expect(await webhook({ body, signature })).toBe('bad_signature');
      }),
      { numRuns: 200 },
    );
  });

  test('events of no interest, of unknown payments and out of order are taken with thanks', async () => {
    const { publicId, sessionId } = await atStripe();
    expect(await webhook(stripe.webhook('customer.created', { id: 'cus_1' }))).toBe('handled');
    expect(await webhook(stripe.webhook('checkout.session.expired', { id: 'cs_unknown' }))).toBe(
      'handled',
    );
    await webhook(stripe.paidWebhook(sessionId));
    expect(await webhook(stripe.webhook('checkout.session.expired', { id: sessionId }))).toBe(
      'handled',
    );
    expect([await stateOf(publicId), await passesOf(publicId)]).toEqual(['paid', 2]);
  });

  test('a checkout that is completed but not paid yet brings no passes', async () => {
    const { publicId, sessionId } = await atStripe();
    await webhook(stripe.paidWebhook(sessionId, { payment_status: 'unpaid' }));
    expect([await stateOf(publicId), await passesOf(publicId)]).toEqual(['pending', 0]);
  });

  test('S-6 another amount than the order’s buys nothing and goes back', async () => {
    const { publicId, sessionId, totalMinor } = await atStripe();
    await webhook(stripe.paidWebhook(sessionId, { amount_total: totalMinor - 1 }));
    expect(await passesOf(publicId)).toBe(0);
    const due = await takeDueRefunds(db, new Date(), 100);
    expect(due).toMatchObject([{ amountMinor: totalMinor - 1, reason: 'wrong_amount' }]);
  });

  test('a payment that this site never recorded finds its order by its reference', async () => {
    const { publicId, sessionId } = await atStripe();
    await db.delete(schema.payments).where(eq(schema.payments.providerRef, sessionId));
    await webhook(stripe.paidWebhook(sessionId));
    expect([await stateOf(publicId), await passesOf(publicId)]).toEqual(['paid', 2]);
  });

  test('S-17 tells the card: what is over its limit goes back, and the order says why', async () => {
    const limited = await makeEvent(db, { currency: 'BRL', unitsPerCardMax: 3 }, new Date());
    const { id: typeId } = await makeType(db, limited.id, { priceMinor: 4_500 });
    stripe.card = 'the same card';
    const paid = [];
    for (let i = 0; i < 2; i++) {
      const made = await atStripe({ typeId, eventId: limited.id });
      expect(await webhook(stripe.paidWebhook(made.sessionId))).toBe('handled');
      paid.push([await stateOf(made.publicId), await passesOf(made.publicId)]);
    }
    stripe.card = undefined;
    expect(paid).toEqual([
      ['paid', 2],
      ['refunded', 0],
    ]);
  });

  test('that does not tell the card now is asked to send the webhook again', async () => {
    const { publicId, sessionId } = await atStripe();
    const paid = stripe.paidWebhook(sessionId);
    stripe.isDown = true;
    expect(await webhook(paid)).toBe('again');
    stripe.isDown = false;
    expect(await webhook(paid)).toBe('handled');
    expect(await stateOf(publicId)).toBe('paid');
  });

  test('gives money back once, however often it is asked', async () => {
    const { sessionId } = await atStripe();
    const provider = context.payments.find('stripe');
    const refund = { refundId: 77n, providerRef: sessionId, amountMinor: 100, currency: 'BRL' };
    const first = await provider?.refund(refund);
    expect(await provider?.refund(refund)).toBe(first);
    expect(stripe.calls.filter((call) => call.idempotencyKey === 'refund:77')).toHaveLength(1);
  });

  test('that is away is said to the buyer, and nothing is owed', async () => {
    const { publicId, api } = await order();
    stripe.isDown = true;
    await expect(
      api.payment.start({ orderPublicId: publicId, provider: 'stripe' }),
    ).rejects.toThrow('provider_away');
    stripe.isDown = false;
    expect(await stateOf(publicId)).toBe('pending');
  });
});
