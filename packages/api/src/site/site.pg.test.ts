import { findAuthority, notifyChannel, placeHold, redeemSiteCode, schema } from '@catraca/db';
import { loadVenue } from '@catraca/db/gate';
import { testDatabase } from '@catraca/db/testing';
import { checkAllotments } from '@catraca/db/testing/compare-sites';
import { type EventId, toId } from '@catraca/domain';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createCaller } from '../router.ts';
import type { VenueExchange } from '../sync/index.ts';
import { makeCloud, sell, TestGate } from '../testing/shared-event.ts';
import { testContext, testMember } from '../testing/test-context.ts';
import { exchangeAll, makeVenue, serveCloud, shareAll } from '../testing/two-sites.ts';

const { db: cloud, url: cloudUrl } = await testDatabase();
const { db: venue } = await testDatabase();
const desk = await makeCloud(cloud, new Date());
const { eventSlug } = desk;
const typeId = String(desk.typeId);
let server: Awaited<ReturnType<typeof serveCloud>>;
let exchange: VenueExchange;
let site: number;

beforeAll(async () => {
  server = await serveCloud(cloud);
  ({ site, exchange } = await makeVenue(cloud, venue, { url: server.url, ...desk }, new Date()));
});
afterAll(() => server.close());

/** What the owner asks at one of the sites, `later` ms from now. */
async function owner(db: typeof cloud, later = 0) {
  const member = testMember('owner', desk.organizationId, desk.userId);
  const context = await testContext(db, member);
  return createCaller({ ...context, now: new Date(Date.now() + later) });
}

async function agree(): Promise<void> {
  expect(await exchangeAll(exchange)).toMatchObject({ ok: true });
  expect(await checkAllotments(cloud, venue, new Map([[desk.typeId, 100]]))).toEqual([]);
}

async function allotment(db: typeof cloud) {
  const found = await (await owner(db)).site.allotments({ eventSlug });
  return found?.types.find(({ id }) => id === typeId);
}

test('a code makes one machine a venue, which is on the list once it is paired', async () => {
  const api = await owner(cloud);
  const { code, address, at, expiresAt } = await api.site.createCode({ siteName: ' Arena ' });
  expect(address).toBe('http://localhost');
  expect(expiresAt.getTime() - at.getTime()).toBe(15 * 60_000);
  const seal = '7e'.repeat(32);
  expect(await redeemSiteCode(cloud, { code, seal }, at)).toMatchObject({ ok: true });
  const { sites } = await api.site.list();
  expect(sites).toMatchObject([
    { name: 'Hall', kind: 'venue', state: 'active' },
    { name: 'Arena', kind: 'venue', state: 'active', line: 'never', exchangedAt: null },
  ]);
  const arena = sites.find(({ name }) => name === 'Arena')?.site ?? 0;
  await api.site.revoke({ site: arena });
  const after = (await api.site.list()).sites.find(({ name }) => name === 'Arena');
  expect(after?.state).toBe('revoked');
  await expect(api.site.share({ eventSlug, site: arena })).rejects.toThrow('not_found');
  await expect(api.site.revoke({ site: 1 })).rejects.toThrow('not_found');
});

test('an event is shared with one venue; before that it has one site only', async () => {
  const api = await owner(cloud);
  expect(await api.site.sharing()).toMatchObject([{ slug: eventSlug, shared: null }]);
  expect(await api.site.allotments({ eventSlug })).toBeNull();
  expect(await api.site.authority({ eventSlug })).toBeNull();
  const asks = [
    () => api.site.handOver({ eventSlug }),
    () => api.site.takeOver({ eventSlug }),
    () => api.site.setShare({ eventSlug, typeId, share: { mode: 'by_hand' } }),
    () => api.site.giveUnits({ eventSlug, typeId, units: 1, keep: true }),
  ];
  for (const ask of asks) await expect(ask()).rejects.toThrow('not_shared');
  await api.site.share({ eventSlug, site });
  expect(await api.site.sharing()).toMatchObject([
    { shared: { site, siteName: 'Hall', recorded: false } },
  ]);
  await shareAll(cloud, desk.eventId, site, new Date());
  expect(await api.site.sharing()).toMatchObject([{ shared: { recorded: true } }]);
  await cloud.insert(schema.sites).values({ number: 9, name: 'Other', kind: 'venue' });
  await cloud.insert(schema.siteLinks).values({
    ...{ site: 9, organizationId: desk.organizationId, keyHash: new Uint8Array(32) },
    keyExpiresAt: new Date(Date.now() + 86_400_000),
  });
  await expect(api.site.share({ eventSlug, site: 9 })).rejects.toThrow('shared_already');
  await agree();
});

test('venues are paired, revoked and given events at the cloud alone', async () => {
  const api = await owner(venue);
  expect(await api.site.list()).toMatchObject({
    here: { name: 'Hall', kind: 'venue' },
    sites: [{ name: 'Cloud', kind: 'cloud', state: 'active', line: 'connected', toSend: 0 }],
  });
  const asks = [
    () => api.site.createCode({ siteName: 'Third' }),
    () => api.site.revoke({ site: 1 }),
    () => api.site.share({ eventSlug, site: 1 }),
  ];
  for (const ask of asks) await expect(ask()).rejects.toThrow('set_up_elsewhere');
});

test('Y-10: units given by hand are on their way until the other side took them, and stay there', async () => {
  const api = await owner(cloud);
  await api.site.setShare({ eventSlug, typeId, share: { mode: 'percent', venuePercent: 20 } });
  await agree();
  const before = await allotment(cloud);
  expect(before).toMatchObject({ onTheWay: 0, share: { mode: 'percent', venuePercent: 20 } });
  expect((await allotment(venue))?.share).toEqual(before?.share);
  const free = (before?.here.units ?? 0) - (before?.here.sold ?? 0);
  await expect(
    api.site.giveUnits({ eventSlug, typeId, units: free + 1, keep: true }),
  ).rejects.toThrow('not_free');
  expect((await allotment(cloud))?.share.mode).toBe('percent');
  await api.site.giveUnits({ eventSlug, typeId, units: 30, keep: true });
  expect(await allotment(cloud)).toMatchObject({
    here: { units: (before?.here.units ?? 0) - 30 },
    there: { units: (before?.there.units ?? 0) + 30 },
    onTheWay: 30,
    share: { mode: 'by_hand' },
  });
  await agree();
  const after = await allotment(cloud);
  expect(after).toMatchObject({ onTheWay: 0, there: { units: (before?.there.units ?? 0) + 30 } });
  expect((await allotment(venue))?.here.units).toBe(after?.there.units);

  await (await owner(venue)).site.giveUnits({ eventSlug, typeId, units: 5, keep: true });
  expect((await allotment(venue))?.onTheWay).toBe(5);
  await agree();
  expect((await allotment(cloud))?.here.units).toBe((after?.here.units ?? 0) + 5);
  expect((await allotment(venue))?.onTheWay).toBe(0);
});

test('Y-51: of two splits that were said apart the later version counts, on both sides', async () => {
  const [here, there] = [await owner(cloud), await owner(venue)];
  const percent = (venuePercent: number) => ({ mode: 'percent' as const, venuePercent });
  await here.site.setShare({ eventSlug, typeId, share: percent(10) });
  await there.site.setShare({ eventSlug, typeId, share: percent(60) });
  await there.site.setShare({ eventSlug, typeId, share: percent(70) });
  await agree();
  expect((await allotment(cloud))?.share).toEqual(percent(70));
  expect((await allotment(venue))?.share).toEqual(percent(70));
  // Of the same version the one of the higher site counts.
  await there.site.setShare({ eventSlug, typeId, share: percent(40) });
  await here.site.setShare({ eventSlug, typeId, share: percent(50) });
  await agree();
  expect((await allotment(cloud))?.share).toEqual(percent(40));
  expect((await allotment(venue))?.share).toEqual(percent(40));
});

test('a venue says how it stands with its cloud, and what waits while that is away', async () => {
  expect((await (await owner(cloud)).site.status()).cloud).toBeNull();
  const connected = await (await owner(venue)).site.status();
  expect(connected).toMatchObject({
    ...{ site: 'Hall', kind: 'venue' },
    cloud: { name: 'Cloud', state: 'active', line: 'connected', problem: null, left: 0 },
  });
  await sell(venue, desk, 1);
  await sell(venue, desk, 1);
  const away = await (await owner(venue, 11_000)).site.status();
  expect(away.cloud).toMatchObject({ line: 'away', waiting: 2 });
  expect((await (await owner(venue)).site.list()).sites[0]?.toSend).toBe(2);
  await agree();
  expect((await (await owner(venue)).site.status()).cloud).toMatchObject({ waiting: 0, left: 0 });

  const links = schema.siteLinks;
  await venue.update(links).set({ problem: 'clock_wrong' });
  expect((await (await owner(venue)).site.status()).cloud).toMatchObject({
    ...{ line: 'refused', problem: 'clock_wrong' },
  });
  await venue.update(links).set({ problem: 'status_502' });
  expect((await (await owner(venue, 11_000)).site.status()).cloud?.line).toBe('away');
  await venue.update(links).set({ problem: 'unsound_fact 7 orders_total' });
  expect((await (await owner(venue)).site.status()).cloud?.problem).toBe('unsound_fact');
  await agree();
});

test('Y-20, Y-24: who judges is told, also that the new holder still waits, and that it was taken', async () => {
  const gate = new TestGate(cloud, cloudUrl, 1, desk);
  const [here, there] = [await owner(cloud), await owner(venue)];
  const { passIds } = await sell(cloud, desk, 1);
  await agree();
  for (const passId of passIds) expect(await gate.scan(passId)).toBe('admitted');
  await gate.close();
  expect(await here.site.authority({ eventSlug })).toMatchObject({
    ...{ site: { name: 'Cloud', isHere: true }, taken: false, awaits: 0, userName: null },
  });
  await expect(there.site.handOver({ eventSlug })).rejects.toThrow('not_holder');
  await expect(here.site.takeOver({ eventSlug })).rejects.toThrow('judges_already');
  await here.site.handOver({ eventSlug });
  const userName = (await cloud.select().from(schema.users).where(eq(schema.users.id, desk.userId)))
    .map(({ name }) => name)
    .join();
  expect(await here.site.authority({ eventSlug })).toMatchObject({
    ...{ site: { name: 'Hall', isHere: false }, taken: false, awaits: 1, userName },
    heard: false,
  });
  await agree();
  for (const api of [here, there]) {
    expect(await api.site.authority({ eventSlug })).toMatchObject({
      ...{ site: { name: 'Hall' }, taken: false, awaits: 0, heard: true },
    });
  }
  await here.site.takeOver({ eventSlug });
  expect(await here.site.authority({ eventSlug })).toMatchObject({
    ...{ site: { name: 'Cloud', isHere: true }, taken: true, awaits: 0, userName },
    heard: false,
  });
  await agree();
  expect(await there.site.authority({ eventSlug })).toMatchObject({
    ...{ site: { name: 'Cloud' }, taken: true },
  });
  expect(await findAuthority(venue, desk.eventId)).toMatchObject({ site: 1 });
});

test('Y-34: a venue that was revoked sells and judges nothing once it hears of it, for ever, and says so', async () => {
  const [here, there] = [await owner(cloud), await owner(venue)];
  await there.site.takeOver({ eventSlug });
  await agree();
  const eventId = toId<EventId>(desk.eventId);
  const hold = { eventId: desk.eventId, lines: [{ typeId: desk.typeId, quantity: 1 }] };
  await here.site.revoke({ site });
  // It has not heard of it yet.
  expect(await placeHold(venue, hold, new Date())).toMatchObject({ ok: true });
  expect((await loadVenue(venue, eventId))?.judging.here).toBe(true);

  const heard: string[] = [];
  const listening = await venue.$client.listen(notifyChannel, (notice) => heard.push(notice));
  expect(await exchange.once(() => new Date())).toEqual({ ok: false, problem: 'revoked' });
  expect(await placeHold(venue, hold, new Date())).toEqual({ ok: false, code: 'site_stopped' });
  // A gate that is open asks again, and judges nothing.
  const config = JSON.stringify({ kind: 'config', eventId: String(desk.eventId) });
  await expect.poll(() => heard).toContain(config);
  expect((await loadVenue(venue, eventId))?.judging.here).toBe(false);
  await listening.unlisten();
  expect((await there.site.status()).cloud).toMatchObject({ state: 'revoked' });
  expect((await there.site.list()).sites).toMatchObject([{ name: 'Cloud', state: 'revoked' }]);
  expect(await exchange.once(() => new Date())).toEqual({ ok: false, problem: 'revoked' });
});
