import {
  createSiteCode,
  fenceSite,
  giveUnits,
  openDb,
  placeHold,
  proveMark,
  readFacts,
  readMark,
  schema,
  shareEvent,
  takeFacts,
  type Fact,
} from '@catraca/db';
import { loadVenue } from '@catraca/db/gate';
import { type EventId, toId } from '@catraca/domain';
import { createDatabase, dropDatabase } from '@catraca/db/embedded';
import { testDatabase, testServer } from '@catraca/db/testing';
import { compareSites } from '@catraca/db/testing/compare-sites';
import { testMasterKey } from '@catraca/db/testing/shop';
import { SYNC_VERSION } from '@catraca/protocol';
import { eq, isNotNull, sql } from 'drizzle-orm';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { makeCloud, sell } from '../testing/shared-event.ts';
import { exchangeAll, makeVenue, type Mishap, serveCloud, shareAll } from '../testing/two-sites.ts';
import { answerExchangeRequest, ExchangeDesk, pairVenue, VenueExchange } from './index.ts';

const { db: cloud } = await testDatabase();
const { db: venue, url: venueUrl } = await testDatabase();
const now = new Date();
const { orders, siteLinks } = schema;
const clock = () => new Date();

const desk = await makeCloud(cloud, now);
let mishap: Mishap;
let server: Awaited<ReturnType<typeof serveCloud>>;
let exchange: VenueExchange;
let site: number;

beforeAll(async () => {
  server = await serveCloud(cloud, () => mishap);
  ({ site, exchange } = await makeVenue(cloud, venue, { url: server.url, ...desk }, now));
  await shareAll(cloud, desk.eventId, site, now);
  const units = { typeId: desk.typeId, toSite: site, units: 40, userId: null };
  expect(await giveUnits(cloud, units, now)).toMatchObject({ ok: true });
  await exchangeAll(exchange);
});

beforeEach(() => {
  mishap = undefined;
});

afterAll(() => server.close());

/** Nothing came through, and the venue goes on selling. */
async function refused(problem: string): Promise<void> {
  const before = await orderCount(cloud);
  await sell(venue, desk);
  expect(await exchange.once(clock)).toEqual({ ok: false, problem });
  expect(await orderCount(cloud)).toBe(before);
}

async function recovered(): Promise<void> {
  expect(await exchangeAll(exchange)).toMatchObject({ ok: true });
  expect(await compareSites(cloud, venue, desk.eventId)).toEqual([]);
}

async function orderCount(db: typeof cloud): Promise<number> {
  return db.$count(orders, isNotNull(orders.paidAt));
}

test('Y-2: an answer that is cut at any byte, or lost, is made up for, and nothing is there twice', async () => {
  for (const cutAfter of [0, 1, 10, 100, 300, 500, 1_000]) {
    await sell(venue, desk);
    await sell(cloud, desk);
    mishap = { cutAfter };
    expect(await exchange.once(clock)).toEqual({ ok: false, problem: 'away' });
    mishap = undefined;
    await recovered();
  }
});

test('a cloud that answers 500 for as long as it likes is waited for', async () => {
  mishap = { status: 500 };
  await refused('status_500');
  await refused('status_500');
  mishap = undefined;
  await recovered();
});

test('a site key that is wrong, expired or revoked is refused by name', async () => {
  const link = eq(siteLinks.site, site);
  const [good] = await cloud.select().from(siteLinks).where(link);
  await cloud
    .update(siteLinks)
    .set({ keyHash: Buffer.alloc(32) })
    .where(link);
  await refused('unknown_key');
  await cloud.update(siteLinks).set({ keyHash: good?.keyHash, keyExpiresAt: now }).where(link);
  await refused('key_expired');
  await cloud
    .update(siteLinks)
    .set({ keyExpiresAt: good?.keyExpiresAt ?? now, state: 'revoked' })
    .where(link);
  await refused('revoked');
  await Promise.all([cloud, venue].map((db) => db.update(siteLinks).set({ state: 'active' })));
  await recovered();
});

test('a clock that is a day off is refused by name', async () => {
  const before = await orderCount(cloud);
  await sell(venue, desk);
  const tomorrow = () => new Date(Date.now() + 86_400_000);
  expect(await exchange.once(tomorrow)).toEqual({ ok: false, problem: 'clock_wrong' });
  expect(await orderCount(cloud)).toBe(before);
  await recovered();
});

test('a wrong pairing code, one that is old, and one that was used make no venue', async () => {
  const { db: machine } = await testDatabase();
  const pair = (code: string) => pairVenue(machine, testMasterKey, { url: server.url, code });
  expect(await pair('0000-0000-0000')).toEqual({ ok: false, problem: 'code_unknown' });
  const request = { organizationId: desk.organizationId, siteName: 'Hall 2', createdBy: null };
  const old = await createSiteCode(cloud, request, new Date(Date.now() - 3_600_000));
  expect(await pair(old.code)).toEqual({ ok: false, problem: 'code_expired' });
  const fresh = await createSiteCode(cloud, request, new Date());
  const { db: other } = await testDatabase();
  expect(
    await pairVenue(other, testMasterKey, { url: server.url, code: fresh.code }),
  ).toMatchObject({
    ok: true,
  });
  expect(await pair(fresh.code)).toEqual({ ok: false, problem: 'code_used' });
  expect(
    await pairVenue(machine, testMasterKey, { url: 'http://tickets.example', code: 'x' }),
  ).toEqual({ ok: false, problem: 'insecure' });
  expect(await machine.$count(schema.sites)).toBe(0);
});

test('requests that are garbage, of another version or without a key change nothing', async () => {
  const exchangeDesk = new ExchangeDesk(cloud);
  const ask = async (body: string, headers: Record<string, string>) => {
    const request = new Request('http://cloud/', { method: 'POST', body, headers });
    const response = await answerExchangeRequest(exchangeDesk, request, new Date());
    return [response.status, ((await response.json()) as { refused: string }).refused];
  };
  expect(await ask('{}', {})).toEqual([401, 'unknown_key']);
  const key = 'k'.repeat(43);
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(key));
  const link = eq(siteLinks.site, site);
  const [good] = await cloud.select().from(siteLinks).where(link);
  await cloud
    .update(siteLinks)
    .set({ keyHash: new Uint8Array(hash) })
    .where(link);
  const authorization = `Bearer ${key}`;
  expect(await ask('{', { authorization })).toEqual([400, 'malformed']);
  expect(await ask('{}', { authorization, 'content-encoding': 'gzip' })).toEqual([
    400,
    'malformed',
  ]);
  const newer = JSON.stringify({ version: SYNC_VERSION + 1, anything: 'else' });
  expect(await ask(newer, { authorization })).toEqual([409, 'other_version']);
  await cloud.update(siteLinks).set({ keyHash: good?.keyHash }).where(link);
  await recovered();
});

test('Y-3, Y-4, Y-7: facts with a gap, of another history, of a newer kind, or that say what is not theirs to say are refused, all of the batch', async () => {
  await sell(venue, desk);
  const source = { eventId: desk.eventId, stream: 'sales' as const, author: site };
  const [cursor] = await cloud.execute<{ no: number; fact_id: string }>(sql`
    select no, fact_id from journal_cursors where site = ${site} and stream = 'sales'`);
  const no = cursor?.no ?? 0;
  const size = { facts: 10, length: 1_000_000 };
  const batch = await readFacts(venue, desk.eventId, 'sales', no, size);
  const [order] = batch.facts;
  if (!order) throw new Error('the sale left no fact');
  const take = (...facts: Fact[]) => takeFacts(cloud, source, { afterId: batch.afterId, facts });
  const before = await orderCount(cloud);
  const next = { ...order, no: no + 2, id: randomUUID() };

  expect(await take(next)).toMatchObject({ ok: false, code: 'gap', expected: no + 1 });
  expect(await take(order, { ...next, kind: 'hologram' })).toMatchObject({ code: 'unknown_fact' });
  const wrong = (body: string) => take(order, { ...next, body });
  expect(await wrong('{')).toMatchObject({ code: 'unsound_fact' });
  expect(await wrong('{"orders": [{"id": "many"}]}')).toMatchObject({ code: 'unsound_fact' });
  const foreign = order.body.replaceAll(`"event_id": ${desk.eventId}`, '"event_id": 5');
  expect(await wrong(foreign)).toMatchObject({ code: 'unsound_fact', why: /event/ });
  const forged = order.body.replaceAll(`"site": ${site}`, '"site": 1');
  expect(await wrong(forged)).toMatchObject({ code: 'unsound_fact', why: /site/ });
  const done = `{"audit_log": [{"event_id": ${desk.eventId}, "site": 1, "action": "pass.revoke"}]}`;
  const act = { ...next, kind: 'act', body: done };
  expect(await take(order, act)).toMatchObject({ code: 'unsound_fact', why: /another site/ });
  const event = { ...next, kind: 'event', body: '{}' };
  expect(await take(order, event)).toMatchObject({ code: 'unsound_fact', why: /cloud/ });
  const restored = { afterId: randomUUID(), facts: [order] };
  expect(await takeFacts(cloud, source, restored)).toMatchObject({ code: 'other_history' });
  expect(await orderCount(cloud)).toBe(before);

  expect(await take(order)).toMatchObject({ ok: true, taken: 1 });
  expect(await take(order)).toMatchObject({ ok: true, taken: 0 });
  expect(await orderCount(cloud)).toBe(before + 1);
  await recovered();
});

test('Y-30 to Y-32: a venue that was copied, or restored from a backup, is fenced off before it sells, and replaced', async () => {
  const mark = (await readMark(venue)) ?? null;
  const server = await testServer();
  const copyName = `test_${randomUUID().replaceAll('-', '')}`;
  await venue.$client.end();
  const copyUrl = await createDatabase(server, copyName, new URL(venueUrl).pathname.slice(1));
  const [original, copy] = [openDb(venueUrl), openDb(copyUrl)];
  try {
    const hold = { eventId: desk.eventId, lines: [{ typeId: desk.typeId, quantity: 1 }] };
    const real = new VenueExchange(original, testMasterKey);
    expect(await proveMark(original, mark)).toBe('proved');
    await sell(original, desk);
    expect(await exchangeAll(real)).toMatchObject({ ok: true });

    const again = () => new VenueExchange(copy, testMasterKey).once(clock);
    const stopped = { ok: false, code: 'site_stopped' };
    expect(await again()).toEqual({ ok: false, problem: 'fenced' });
    expect(await placeHold(copy, hold, new Date())).toEqual(stopped);
    expect(await again()).toEqual({ ok: false, problem: 'fenced' });
    // Without a cloud: what stands beside the database is newer than the copy.
    await copy.update(siteLinks).set({ state: 'active' });
    expect(await proveMark(copy, (await readMark(original)) ?? null)).toBe('unproved');
    expect(await placeHold(copy, hold, new Date())).toEqual(stopped);
    expect(await again()).toEqual({ ok: false, problem: 'unproved' });
    expect((await loadVenue(copy, toId<EventId>(desk.eventId)))?.judging.here).toBe(false);
    await copy.update(siteLinks).set({ state: 'active' });
    expect(await proveMark(copy, null)).toBe('unproved');
    // And the real one goes on.
    expect(await exchangeAll(real)).toMatchObject({ ok: true });
    expect(await placeHold(original, hold, new Date())).toMatchObject({ ok: true });
    expect(await compareSites(cloud, original, desk.eventId)).toEqual([]);
    await expectReplaced();
  } finally {
    await Promise.all([original.$client.end(), copy.$client.end()]);
    await dropDatabase(server, copyName);
  }
});

/** A venue that is over is paired anew, and the new one has what the old one did; the units of the old one are nobody's. */
async function expectReplaced(): Promise<void> {
  const { db: machine } = await testDatabase();
  const next = await makeVenue(cloud, machine, { url: server.url, ...desk }, new Date());
  const share = () => shareEvent(cloud, desk.eventId, next.site, new Date());
  expect(await share()).toEqual({ ok: false, code: 'shared_already' });
  await fenceSite(cloud, site, 'replaced');
  await shareAll(cloud, desk.eventId, next.site, new Date());
  expect(await exchangeAll(next.exchange)).toMatchObject({ ok: true });
  const differences = await compareSites(cloud, machine, desk.eventId);
  expect(differences.filter((what) => !/^(stock|moves):/.test(what))).toEqual([]);
  const units = { typeId: desk.typeId, toSite: next.site, units: 2, userId: null };
  expect(await giveUnits(cloud, units, new Date())).toMatchObject({ ok: true });
  expect(await exchangeAll(next.exchange)).toMatchObject({ ok: true });
  await sell(machine, desk);
  expect(await exchangeAll(next.exchange)).toMatchObject({ ok: true });
}
