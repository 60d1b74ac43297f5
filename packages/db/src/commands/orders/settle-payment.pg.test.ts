import { parseCode } from '@catraca/domain';
import { publicKeyOf, verifyToken } from '@catraca/domain/token/node';
import { and, eq, sql } from 'drizzle-orm';
import { beforeAll, describe, expect, test } from 'vitest';
import { openDb } from '../../client.ts';
import { initSite } from '../../local-site.ts';
import { mailOutbox, media, orders, passes, payments, refunds } from '../../schema/index.ts';
import { makeEvent, makeType, seatRow, type MadeEvent } from '../../seed/index.ts';
import { auditSales } from '../../testing/audit-sales.ts';
import { testDatabase } from '../../testing/index.ts';
import { pendingOrder, placed, testSigningKey } from '../../testing/shop.ts';
import { expireHolds } from '../holds/expire-holds.ts';
import type { HoldRequestLine } from '../holds/hold-request.ts';
import { placeHold } from '../holds/place-hold.ts';
import { listPublicKeys, type SigningKey } from '../keys/signing-keys.ts';
import { claimsOfMedium } from '../passes/sign-medium.ts';
import { beginCheckout } from './begin-checkout.ts';
import { failPayment } from './fail-payment.ts';
import { openPayment } from './open-payment.ts';
import { markRefunded, takeDueRefunds } from './refunds.ts';
import { settlePayment, type Settlement } from './settle-payment.ts';

const { db, url } = await testDatabase();
const now = new Date('2027-03-01T12:00:00Z');
const inTime = new Date(now.getTime() + 60_000);
const tooLate = new Date(now.getTime() + 700_000);
let event: MadeEvent;
let key: SigningKey;
let refs = 0;

beforeAll(async () => {
  await initSite(db, { number: 1, name: 'test', kind: 'cloud' });
  event = await makeEvent(db, { holdTtlSeconds: 600 }, now);
  key = await testSigningKey(db, now);
});

async function order(lines: HoldRequestLine[]) {
  const ref = `ref-${++refs}`;
  const pending = await pendingOrder(db, { eventId: event.id, lines }, ref, now);
  const settlement: Settlement = {
    provider: 'test',
    providerRef: ref,
    amountMinor: pending.totalMinor,
    currency: pending.currency,
  };
  return { ...pending, settlement };
}

const settle = (settlement: Settlement, at = inTime) => settlePayment(db, settlement, key, at);

async function rowsOf(publicId: string) {
  const [row] = await db.select().from(orders).where(eq(orders.publicId, publicId));
  if (!row) throw new Error('no order');
  const sold = await db.execute<{ n: number }>(sql`
    select count(*)::int as n from passes p join order_lines l on l.id = p.order_line_id where l.order_id = ${row.id}`);
  const mails = await db.select().from(mailOutbox).where(eq(mailOutbox.orderId, row.id));
  const back = await db
    .select({ reason: refunds.reason, amountMinor: refunds.amountMinor, state: refunds.state })
    .from(refunds)
    .innerJoin(payments, eq(payments.id, refunds.paymentId))
    .where(eq(payments.orderId, row.id));
  return { order: row, passes: sold[0]?.n, mails: mails.map((mail) => mail.kind), refunds: back };
}

describe('S-6, S-7 tickets and payments never part', () => {
  test('the hold becomes sales, with signed passes and one mail', async () => {
    const group = await makeType(db, event.id, {
      priceMinor: 9000,
      feeMinor: 900,
      passesPerUnit: 5,
    });
    const seated = await makeType(db, event.id, { priceMinor: 4000, seats: seatRow(5) });
    const paid = await order([
      { typeId: group.id, quantity: 1 },
      { typeId: seated.id, seatIds: seated.seatIds.slice(0, 2) },
    ]);
    expect(paid.totalMinor).toBe(9900 + 2 * 4000);
    expect(await settle(paid.settlement)).toMatchObject({ ok: true, outcome: 'paid', passes: 7 });
    expect(await rowsOf(paid.publicId)).toMatchObject({
      order: { state: 'paid', paidMinor: 17_900, paidAt: inTime },
      passes: 7,
      mails: ['order_paid'],
      refunds: [],
    });
    expect(await auditSales(db)).toEqual([]);
  });

  test('T-2 a pass that was issued carries a code that verifies and says what was bought', async () => {
    const type = await makeType(db, event.id, {
      priceMinor: 100,
      policy: { kind: 'n_times', n: 3 },
      opens: [{ areaId: event.outsideAreaId, startsAt: now, endsAt: tooLate }],
    });
    const paid = await order([{ typeId: type.id, quantity: 1 }]);
    await settle(paid.settlement);
    const [row] = await db
      .select({ pass: passes, medium: media })
      .from(passes)
      .innerJoin(media, eq(media.passId, passes.id))
      .where(and(eq(passes.typeId, type.id), eq(media.kind, 'qr')));
    if (!row) throw new Error('no pass');
    const { token } = claimsOfMedium({ eventId: event.id, typeNo: type.no }, row.medium);
    const code = parseCode(token);
    if (code.kind !== 'token') throw new Error('not a token');
    const keys = new Map(
      (await listPublicKeys(db)).map(({ keyId, publicKey }) => [keyId, publicKeyOf(publicKey)]),
    );
    expect(verifyToken(code, (keyId) => keys.get(keyId))).toBe('valid');
    expect(code.claims).toMatchObject({
      eventId: event.id,
      passId: row.pass.id,
      typeNo: type.no,
      mediumNo: 1,
      policy: { kind: 'n_times', n: 3 },
      areas: 0,
      days: 0b1,
    });
  });

  test('S-8 the same webhook twice, and the return page beside it: one settlement', async () => {
    const type = await makeType(db, event.id, { priceMinor: 100 });
    const paid = await order([{ typeId: type.id, quantity: 2 }]);
    const webhook = { ...paid.settlement, webhookEventRef: 'evt-1' };
    expect(await settle(webhook)).toMatchObject({ outcome: 'paid' });
    expect(await settle(webhook)).toMatchObject({
      outcome: 'already_settled',
      orderPublicId: paid.publicId,
    });
    expect(await settle(paid.settlement)).toMatchObject({ outcome: 'already_settled' });
    expect(await rowsOf(paid.publicId)).toMatchObject({
      passes: 2,
      mails: ['order_paid'],
      refunds: [],
    });
  });

  test('S-8 ten settlements at once: one pays, nine are told so', async () => {
    const type = await makeType(db, event.id, { priceMinor: 100, seats: seatRow(3, 'K') });
    const paid = await order([{ typeId: type.id, seatIds: type.seatIds }]);
    const crowd = openDb(url, { connections: 10 });
    const results = await Promise.all(
      Array.from({ length: 10 }, (_, i) =>
        settlePayment(crowd, { ...paid.settlement, webhookEventRef: `race-${i % 3}` }, key, inTime),
      ),
    );
    await crowd.$client.end();
    const outcomes = results.map((result) => (result.ok ? result.outcome : result.code)).toSorted();
    expect(outcomes).toEqual([...Array<string>(9).fill('already_settled'), 'paid']);
    expect(await rowsOf(paid.publicId)).toMatchObject({ passes: 3, mails: ['order_paid'] });
    expect(await auditSales(db)).toEqual([]);
  });

  test('S-9 paid twice, at once: one payment buys, the other goes back', async () => {
    const type = await makeType(db, event.id, { priceMinor: 700 });
    const paid = await order([{ typeId: type.id, quantity: 1 }]);
    const second = { ...paid.settlement, providerRef: 'second-tab' };
    await openPayment(
      db,
      { orderPublicId: paid.publicId, provider: 'test', providerRef: 'second-tab' },
      now,
    );
    const results = await Promise.all([settle(paid.settlement), settle(second)]);
    const outcomes = results.map((result) => (result.ok ? result.outcome : result.code)).toSorted();
    expect(outcomes).toEqual(['paid', 'paid_twice']);
    expect(await settle(second)).toMatchObject({ outcome: 'already_settled' });
    expect(await rowsOf(paid.publicId)).toMatchObject({
      order: { state: 'paid' },
      passes: 1,
      refunds: [{ reason: 'paid_twice', amountMinor: 700, state: 'requested' }],
    });
    expect(await auditSales(db)).toEqual([]);
  });

  test('S-6 a free order is paid with nothing, and no other is', async () => {
    const type = await makeType(db, event.id, { priceMinor: 0 });
    const hold = placed(
      await placeHold(db, { eventId: event.id, lines: [{ typeId: type.id, quantity: 1 }] }, now),
    );
    const buyer = { name: 'Fay Free', email: 'fay@example.com' };
    const begun = await beginCheckout(
      db,
      { holdPublicId: hold.publicId, buyer, holders: [], locale: 'es' },
      now,
    );
    if (!begun.ok) throw new Error(begun.code);
    const orderPublicId = begun.order.publicId;
    const open = (provider: 'free' | 'test') =>
      openPayment(db, { orderPublicId, provider, providerRef: orderPublicId }, now);
    expect(await open('test')).toEqual({ ok: false, code: 'wrong_provider' });
    expect(await open('free')).toMatchObject({ ok: true, payment: { amountMinor: 0 } });
    const nothing = {
      provider: 'free',
      providerRef: orderPublicId,
      amountMinor: 0,
      currency: 'EUR',
    } as const;
    expect(await settle(nothing)).toMatchObject({ outcome: 'paid', passes: 1 });
    expect(await open('free')).toEqual({ ok: false, code: 'already_paid' });
  });
});

describe('S-5 a hold that ran out during payment', () => {
  test.each(['swept up', 'not swept up'])(
    '%s, but its stock and seats are free: the order is honoured',
    async (swept) => {
      const type = await makeType(db, event.id, {
        priceMinor: 100,
        seats: seatRow(2, `L ${swept}`),
      });
      const late = await order([{ typeId: type.id, seatIds: type.seatIds }]);
      if (swept === 'swept up') await expireHolds(db, tooLate, 1000);
      expect(await settle(late.settlement, tooLate)).toMatchObject({ outcome: 'paid', passes: 2 });
      expect(await auditSales(db)).toEqual([]);
    },
  );

  test('its seats were sold meanwhile: the order is closed, the money goes back, the buyer is written to', async () => {
    const type = await makeType(db, event.id, { priceMinor: 100, seats: seatRow(2, 'M') });
    const late = await order([{ typeId: type.id, seatIds: type.seatIds }]);
    placed(
      await placeHold(
        db,
        { eventId: event.id, lines: [{ typeId: type.id, seatIds: type.seatIds.slice(1) }] },
        tooLate,
      ),
    );
    expect(await settle(late.settlement, tooLate)).toMatchObject({
      outcome: 'hold_expired',
      refundMinor: 200,
    });
    expect(await settle(late.settlement, tooLate)).toMatchObject({ outcome: 'already_settled' });
    expect(await rowsOf(late.publicId)).toMatchObject({
      order: { state: 'refunded', closedReason: 'hold_expired' },
      passes: 0,
      mails: ['order_refunded'],
      refunds: [{ reason: 'hold_expired', amountMinor: 200, state: 'requested' }],
    });
    expect(await auditSales(db)).toEqual([]);
  });

  test('its stock is under holds that ran out too: they end, and the order is honoured', async () => {
    const type = await makeType(db, event.id, { priceMinor: 100, units: 1 });
    const late = await order([{ typeId: type.id, quantity: 1 }]);
    const inBetween = { eventId: event.id, lines: [{ typeId: type.id, quantity: 1 }] };
    placed(await placeHold(db, inBetween, tooLate));
    const muchLater = new Date(tooLate.getTime() + 700_000);
    expect(await settle(late.settlement, muchLater)).toMatchObject({ outcome: 'paid' });
    expect(await auditSales(db)).toEqual([]);
  });

  test('twenty late orders and twenty new buyers on twenty tickets: money and tickets never part', async () => {
    const type = await makeType(db, event.id, { priceMinor: 100, units: 20 });
    const late = [];
    for (let i = 0; i < 20; i++) late.push(await order([{ typeId: type.id, quantity: 1 }]));
    const crowd = openDb(url, { connections: 20 });
    const buyers = Array.from({ length: 20 }, () =>
      placeHold(crowd, { eventId: event.id, lines: [{ typeId: type.id, quantity: 1 }] }, tooLate),
    );
    const settled = late.map(({ settlement }) => settlePayment(crowd, settlement, key, tooLate));
    const results = await Promise.all(settled);
    const holds = await Promise.all(buyers);
    await crowd.$client.end();
    const paid = results.filter((result) => result.ok && result.outcome === 'paid').length;
    const back = results.filter((result) => result.ok && result.outcome === 'hold_expired').length;
    expect(paid + back).toBe(20);
    expect(paid + holds.filter((result) => result.ok).length).toBe(20);
    expect(await auditSales(db)).toEqual([]);
  });
});

describe('S-6, S-7 money that does not fit', () => {
  test.each([
    ['wrong_amount', { amountMinor: 99, currency: 'EUR' }],
    ['wrong_currency', { amountMinor: 100, currency: 'BRL' }],
  ])('%s: recorded, no pass, goes back', async (code, wrong) => {
    const type = await makeType(db, event.id, { priceMinor: 100 });
    const asked = await order([{ typeId: type.id, quantity: 1 }]);
    const result = await settle({ ...asked.settlement, ...wrong });
    expect(result).toMatchObject({ ok: false, code, orderPublicId: asked.publicId });
    expect(await rowsOf(asked.publicId)).toMatchObject({
      order: { state: 'pending' },
      passes: 0,
      mails: [],
      refunds: [{ reason: 'wrong_amount', amountMinor: wrong.amountMinor }],
    });
    expect(await settle(asked.settlement)).toMatchObject({ outcome: 'already_settled' });
    const [due] = await takeDueRefunds(db, inTime, 100).then((all) =>
      all.filter((one) => one.orderPublicId === asked.publicId),
    );
    expect(due).toMatchObject({ currency: wrong.currency });
    expect(await auditSales(db)).toEqual([]);
  });

  test('nothing is known of it: nothing is recorded, so that it may come again', async () => {
    const stranger: Settlement = {
      provider: 'stripe',
      providerRef: 'nobody',
      amountMinor: 1,
      currency: 'EUR',
      webhookEventRef: 'evt-x',
    };
    expect(await settle(stranger)).toEqual({ ok: false, code: 'unknown_payment' });
    const type = await makeType(db, event.id, { priceMinor: 100 });
    const asked = await order([{ typeId: type.id, quantity: 1 }]);
    const found = { ...stranger, amountMinor: 100, orderPublicId: asked.publicId };
    expect(await settle(found)).toMatchObject({ outcome: 'paid' });
    expect(await auditSales(db)).toEqual([]);
  });
});

describe('S-7, S-11 refunds and failures', () => {
  test('a refund is taken by one worker at a time, comes again until it is done, and then no more', async () => {
    const type = await makeType(db, event.id, { priceMinor: 100 });
    const asked = await order([{ typeId: type.id, quantity: 1 }]);
    await settle({ ...asked.settlement, amountMinor: 5 });
    const mine = (due: Awaited<ReturnType<typeof takeDueRefunds>>) =>
      due.filter((refund) => refund.orderPublicId === asked.publicId);
    const workers = await Promise.all([
      takeDueRefunds(db, inTime, 100),
      takeDueRefunds(db, inTime, 100),
    ]);
    const [taken, ...more] = workers.flatMap(mine);
    expect(more).toEqual([]);
    expect(taken).toMatchObject({
      ...asked.settlement,
      amountMinor: 5,
      reason: 'wrong_amount',
      attempts: 1,
    });
    const soon = new Date(inTime.getTime() + 14_000);
    expect(mine(await takeDueRefunds(db, soon, 100))).toEqual([]);
    const again = new Date(inTime.getTime() + 15_000);
    expect(mine(await takeDueRefunds(db, again, 100))).toMatchObject([{ attempts: 2 }]);
    await markRefunded(db, { refundId: taken?.refundId ?? 0n, providerRef: 're_1' }, again);
    await markRefunded(db, { refundId: taken?.refundId ?? 0n, providerRef: 're_2' }, again);
    expect(mine(await takeDueRefunds(db, new Date(again.getTime() + 4_000_000), 100))).toEqual([]);
    const [row] = await db
      .select()
      .from(refunds)
      .where(eq(refunds.id, taken?.refundId ?? 0n));
    expect(row).toMatchObject({ state: 'succeeded', providerRef: 're_1' });
  });

  test('a payment that failed may be tried again, and may even succeed late', async () => {
    const type = await makeType(db, event.id, { priceMinor: 100 });
    const asked = await order([{ typeId: type.id, quantity: 1 }]);
    expect(await failPayment(db, asked.settlement, now)).toMatchObject({ ok: true });
    const retry = {
      orderPublicId: asked.publicId,
      provider: 'test',
      providerRef: 'retry',
    } as const;
    expect(await openPayment(db, retry, now)).toMatchObject({ ok: true });
    expect(await settle(asked.settlement)).toMatchObject({ outcome: 'paid' });
    expect(await failPayment(db, asked.settlement, now)).toMatchObject({
      ok: false,
      code: 'already_settled',
    });
    expect(await openPayment(db, retry, now)).toMatchObject({ ok: false, code: 'already_paid' });
    const stranger = { provider: 'test', providerRef: 'nobody' } as const;
    expect(await failPayment(db, stranger, now)).toEqual({ ok: false, code: 'unknown_payment' });
  });

  test('an order nobody pays is cancelled with its hold; one under payment is not', async () => {
    const type = await makeType(db, event.id, { priceMinor: 100 });
    const failed = await order([{ typeId: type.id, quantity: 1 }]);
    const underWay = await order([{ typeId: type.id, quantity: 1 }]);
    await failPayment(db, failed.settlement, now);
    await expireHolds(db, tooLate, 1000);
    expect((await rowsOf(failed.publicId)).order).toMatchObject({
      state: 'cancelled',
      closedReason: 'never_paid',
    });
    expect((await rowsOf(underWay.publicId)).order).toMatchObject({ state: 'pending' });
    expect(await failPayment(db, underWay.settlement, tooLate)).toMatchObject({ ok: true });
    expect((await rowsOf(underWay.publicId)).order).toMatchObject({ state: 'cancelled' });
    expect(await settle(failed.settlement, tooLate)).toMatchObject({ outcome: 'paid' });
    expect(await auditSales(db)).toEqual([]);
  });
});
