import { randomBytes, randomUUID } from 'node:crypto';
import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDb, type Db } from '../../client.ts';
import { initSite } from '../../local-site.ts';
import { mailOutbox, orders, refunds } from '../../schema/index.ts';
import { makeEvent, makeType, type EventDraft, type MadeType } from '../../seed/index.ts';
import { auditSales } from '../../testing/audit-sales.ts';
import { testDatabase } from '../../testing/index.ts';
import { placed, testSigningKey } from '../../testing/shop.ts';
import { expireHolds } from '../holds/expire-holds.ts';
import { placeHold, type HoldResult } from '../holds/place-hold.ts';
import type { SigningKey } from '../keys/signing-keys.ts';
import { beginCheckout } from './begin-checkout.ts';
import { openPayment } from './open-payment.ts';
import { settlePayment } from './settle-payment.ts';

const { db, url } = await testDatabase();
const now = new Date('2027-03-01T12:00:00Z');
const later = new Date(now.getTime() + 601_000);
/** Two processes with a queue each. */
const processes = [openDb(url), openDb(url)];
const max = 6;
let key: SigningKey;

beforeAll(async () => {
  await initSite(db, { number: 1, name: 'test', kind: 'cloud' });
  key = await testSigningKey(db, now);
});

afterAll(async () => {
  for (const one of processes) await one.$client.end();
});

interface Shop {
  eventId: bigint;
  type: MadeType;
}

async function open(limits: EventDraft): Promise<Shop> {
  const { id: eventId } = await makeEvent(db, { holdTtlSeconds: 600, ...limits }, now);
  return { eventId, type: await makeType(db, eventId, { units: 2_000, priceMinor: 100 }) };
}

const someone = () => Uint8Array.from(randomBytes(16));
const on = (index: number): Db => processes[index % 2] ?? db;

function hold(
  { eventId, type }: Shop,
  options: { quantity?: number; networkKey?: Uint8Array | null; replaces?: string; at?: Date } = {},
  pool = db,
): Promise<HoldResult> {
  const { quantity = 2, at = now, ...request } = options;
  const lines = [{ typeId: type.id, quantity }];
  return placeHold(pool, { eventId, lines, ...request }, at);
}

function begin(holdPublicId: string, buyerKey: Uint8Array, pool = db) {
  const buyer = { name: 'Bia Buyer', email: 'bia@example.com' };
  return beginCheckout(
    pool,
    { holdPublicId, buyer, buyerKey, holders: [], locale: 'es' as const },
    now,
  );
}

describe('S-15 what one network may have', () => {
  test('a bot that opens five hundred sessions gets what one person gets', async () => {
    const shop = await open({ unitsPerNetworkMax: max });
    const networkKey = someone();
    const sessions = Array.from({ length: 500 }, (_, i) => hold(shop, { networkKey }, on(i)));
    const others = Array.from({ length: 20 }, (_, i) =>
      hold(shop, { networkKey: someone() }, on(i)),
    );
    const results = await Promise.all(sessions);
    expect(results.filter((result) => result.ok)).toHaveLength(max / 2);
    expect(results.find((result) => !result.ok)).toEqual({
      ...{ ok: false, code: 'over_limit', kind: 'network', max, have: max },
    });
    expect((await Promise.all(others)).every((result) => result.ok)).toBe(true);
    expect(await auditSales(db)).toEqual([]);
  });

  test('six at once who all count before anybody writes, get more without the lock', async () => {
    const shop = await open({ unitsPerNetworkMax: max });
    const networkKey = someone();
    const together = meeting(max);
    await Promise.all(
      Array.from({ length: max }, (_, i) => holdUnlocked(shop, networkKey, on(i), together)),
    );
    const [row] = await db.execute<{ units: number }>(sql`
      select sum(quantity)::int as units from hold_lines where type_id = ${shop.type.id}`);
    expect(row?.units).toBe(2 * max);
  });

  test('held and sold count together, for the whole event; what is changed counts once', async () => {
    const shop = await open({ unitsPerNetworkMax: max });
    const other = { ...shop, type: await makeType(db, shop.eventId) };
    const networkKey = someone();
    const first = placed(await hold(shop, { networkKey, quantity: 4 }));
    await pay(first.publicId, someone());
    const second = placed(await hold(other, { networkKey, quantity: 2 }));
    const more = { networkKey, quantity: 3, replaces: second.publicId };
    expect(await hold(other, more)).toMatchObject({ code: 'over_limit', have: 4 });
    expect(await hold(other, { ...more, quantity: 1 })).toMatchObject({ ok: true });
    expect(await hold(shop, { networkKey, quantity: 2 })).toMatchObject({ have: 5 });
  });

  test('S-4 a hold past its time counts no more, swept up or not', async () => {
    const shop = await open({ unitsPerNetworkMax: max });
    const networkKey = someone();
    const mine = placed(await hold(shop, { networkKey, quantity: max }));
    const replaces = mine.publicId;
    expect(await hold(shop, { networkKey, quantity: max, at: later, replaces })).toMatchObject({
      ok: true,
    });
    await expireHolds(db, later, 1_000);
    expect(await hold(shop, { networkKey, at: later })).toMatchObject({ code: 'over_limit' });
  });

  test('a desk has no network, and an event without a limit counts none', async () => {
    const shop = await open({ unitsPerNetworkMax: 1 });
    expect(await hold(shop, { networkKey: null, quantity: 5 })).toMatchObject({ ok: true });
    const free = await open({});
    const networkKey = someone();
    for (let i = 0; i < 5; i++)
      expect(await hold(free, { networkKey, quantity: 10 })).toMatchObject({ ok: true });
  });
});

/** Who comes here waits until so many have come. */
function meeting(count: number): () => Promise<unknown> {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  let came = 0;
  return () => {
    came += 1;
    if (came === count) resolve(undefined);
    return promise;
  };
}

/** As `placeHold` counts, but for the lock: `counted` is between reading and writing. */
async function holdUnlocked(
  shop: Shop,
  networkKey: Uint8Array,
  pool: Db,
  counted: () => Promise<unknown>,
): Promise<void> {
  await pool.transaction(async (tx) => {
    const network = Buffer.from(networkKey);
    const [have] = await tx.execute<{ units: number }>(sql`
      select coalesce(sum(quantity), 0)::int as units from holds
      join hold_lines on hold_id = id where event_id = ${shop.eventId} and network_key = ${network}`);
    await counted();
    if (!have || have.units + 2 > max) return;
    await tx.execute(sql`
      with made as (
        insert into holds (event_id, site, expires_at, network_key)
        values (${shop.eventId}, 1, ${later.toISOString()}, ${network}) returning id)
      insert into hold_lines select id, ${shop.type.id}, 2 from made`);
    await tx.execute(sql`update stock set held = held + 2 where type_id = ${shop.type.id}`);
  });
}

describe('S-16 what one buyer may have', () => {
  test('a hundred carts with one e-mail address, at once: orders for as many units as one may have', async () => {
    const shop = await open({ unitsPerBuyerMax: max });
    const buyerKey = someone();
    const holds = await Promise.all(Array.from({ length: 100 }, (_, i) => hold(shop, {}, on(i))));
    const results = await Promise.all(
      holds.map((result, i) => begin(placed(result).publicId, buyerKey, on(i))),
    );
    expect(results.filter((result) => result.ok)).toHaveLength(max / 2);
    expect(results.find((result) => !result.ok)).toEqual({
      ...{ ok: false, code: 'over_limit', kind: 'buyer', max, have: max },
    });
  });

  test('an order that is begun again counts once, and one given to somebody else counts for them', async () => {
    const shop = await open({ unitsPerBuyerMax: 2 });
    const [mine, theirs] = [someone(), someone()];
    const first = placed(await hold(shop));
    const second = placed(await hold(shop));
    for (let i = 0; i < 3; i++)
      expect(await begin(first.publicId, mine)).toMatchObject({ ok: true });
    expect(await begin(second.publicId, mine)).toMatchObject({ code: 'over_limit', have: 2 });
    expect(await begin(first.publicId, theirs)).toMatchObject({ ok: true });
    expect(await begin(second.publicId, mine)).toMatchObject({ ok: true });
    expect(await begin(second.publicId, theirs)).toMatchObject({ code: 'over_limit', have: 2 });
  });
});

/** Pays what is held with a card. */
async function pay(holdPublicId: string, cardKey: Uint8Array, pool = db) {
  const begun = await begin(holdPublicId, someone(), pool);
  if (!begun.ok) throw new Error(begun.code);
  const { publicId: orderPublicId, totalMinor: amountMinor, currency } = begun.order;
  const ref = { provider: 'stripe', providerRef: randomUUID() } as const;
  await openPayment(pool, { orderPublicId, ...ref }, now);
  const settlement = { ...ref, amountMinor, currency, cardKey, webhookEventRef: randomUUID() };
  return { orderPublicId, result: await settlePayment(pool, settlement, key, now), settlement };
}

describe('S-17 what one card may pay for', () => {
  test('ten orders paid with one card at once: the money of those over the limit goes back, and so do their tickets', async () => {
    const shop = await open({ unitsPerCardMax: max });
    const card = someone();
    const holds = await Promise.all(Array.from({ length: 10 }, () => hold(shop)));
    const paid = await Promise.all(
      holds.map((result, i) => pay(placed(result).publicId, card, on(i))),
    );
    const outcomes = paid.map(({ result }) => (result.ok ? result.outcome : result.code));
    expect(outcomes.filter((outcome) => outcome === 'paid')).toHaveLength(max / 2);
    expect(outcomes.filter((outcome) => outcome === 'over_limit')).toHaveLength(10 - max / 2);
    const [stock] = await db.execute<{ held: number; sold: number }>(
      sql`select held, sold from stock where type_id = ${shop.type.id}`,
    );
    expect(stock).toEqual({ held: 0, sold: max });
    expect(await auditSales(db)).toEqual([]);

    const over = paid.find(({ result }) => result.ok && result.outcome === 'over_limit');
    const [order] = await db
      .select()
      .from(orders)
      .where(eq(orders.publicId, over?.orderPublicId ?? ''));
    expect(order).toMatchObject({ state: 'refunded', closedReason: 'over_limit' });
    const mails = await db
      .select({ kind: mailOutbox.kind })
      .from(mailOutbox)
      .where(eq(mailOutbox.orderId, order?.id ?? 0n));
    expect(mails).toEqual([{ kind: 'order_refunded' }]);
    const back = await db.select().from(refunds).where(eq(refunds.reason, 'over_limit'));
    expect(back.map(({ amountMinor }) => amountMinor)).toEqual(Array(10 - max / 2).fill(200));
    if (over)
      expect(await settlePayment(db, over.settlement, key, now)).toMatchObject({
        outcome: 'already_settled',
      });
  });

  test('another card, and money that no card paid, are not counted', async () => {
    const shop = await open({ unitsPerCardMax: 2 });
    const card = someone();
    for (const paying of [card, someone()]) {
      const { publicId } = placed(await hold(shop));
      expect((await pay(publicId, paying)).result).toMatchObject({ outcome: 'paid' });
    }
    const { publicId } = placed(await hold(shop));
    expect((await pay(publicId, card)).result).toMatchObject({ outcome: 'over_limit' });
  });
});
