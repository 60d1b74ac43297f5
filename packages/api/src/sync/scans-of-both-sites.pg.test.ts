import {
  findAuthority,
  handOverAuthority,
  listConflicts,
  readFacts,
  revokePass,
  schema,
  takeOverAuthority,
} from '@catraca/db';
import { newScanId } from '@catraca/db/gate/testing';
import { testDatabase } from '@catraca/db/testing';
import { compareSites } from '@catraca/db/testing/compare-sites';
import { type ScanId } from '@catraca/domain';
import { asc, eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createCaller } from '../router.ts';
import { makeCloud, sell, TestGate } from '../testing/shared-event.ts';
import { testContext, testMember } from '../testing/test-context.ts';
import { exchangeAll, makeVenue, serveCloud, shareAll } from '../testing/two-sites.ts';
import type { VenueExchange } from './index.ts';

/*
 * A device sends a scan to one site, hears nothing, and sends it to the other, which has taken the judging by force meanwhile. While
 * nothing is exchanged the sites are apart.
 */

const { db: cloud, url: cloudUrl } = await testDatabase();
const { db: venue, url: venueUrl } = await testDatabase();
const now = new Date();
const { areaCounters, conflicts, passes, scans } = schema;

const desk = await makeCloud(cloud, now);
let server: Awaited<ReturnType<typeof serveCloud>>;
let exchange: VenueExchange;
let gates: { cloud: TestGate; venue: TestGate };

beforeAll(async () => {
  server = await serveCloud(cloud);
  const made = await makeVenue(cloud, venue, { url: server.url, ...desk }, now);
  exchange = made.exchange;
  await shareAll(cloud, desk.eventId, made.site, now);
  gates = {
    cloud: new TestGate(cloud, cloudUrl, 1, desk),
    venue: new TestGate(venue, venueUrl, made.site, desk),
  };
});

afterAll(async () => {
  await Promise.all([gates.cloud.close(), gates.venue.close(), server.close()]);
});

/** Each test begins with both sites in step, and the cloud judging. */
beforeEach(async () => {
  await agree();
  await judgeAt(cloud);
});

async function agree(): Promise<void> {
  expect(await exchangeAll(exchange)).toMatchObject({ ok: true });
  expect(await compareSites(cloud, venue, desk.eventId)).toEqual([]);
}

/** The site of this database judges, by consent. */
async function judgeAt(db: typeof cloud): Promise<void> {
  const [own, other] = db === cloud ? [1, venue] : [2, cloud];
  if ((await findAuthority(db, desk.eventId))?.site === own) return;
  expect(await handOverAuthority(other, desk.eventId, null, now)).toMatchObject({ ok: true });
  await agree();
}

async function force(db: typeof cloud): Promise<void> {
  expect(await takeOverAuthority(db, desk.eventId, null, now)).toMatchObject({ ok: true });
}

async function onePass(): Promise<bigint> {
  const { passIds } = await sell(cloud, desk);
  await agree();
  return passIds[0] ?? 0n;
}

function entry(gate: TestGate, passId: bigint, scanId: ScanId) {
  return gate.scan(passId, 'entry', { scanId });
}

async function peopleAt(db: typeof cloud): Promise<number> {
  const rows = await db.select({ people: areaCounters.people }).from(areaCounters);
  return rows.reduce((sum, { people }) => sum + people, 0);
}

/** What the history of a pass tells at a site. */
async function historyAt(db: typeof cloud, passId: bigint) {
  const [pass] = await db.select().from(passes).where(eq(passes.id, passId));
  const member = testMember('owner', desk.organizationId, desk.userId);
  const api = createCaller(await testContext(db, member));
  return api.pass.find({ eventSlug: desk.eventSlug, passPublicId: pass?.publicId ?? '' });
}

/** What is known at a site of a scan: who judged it, and how. */
async function judgedAt(db: typeof cloud, scanId: ScanId) {
  const rows = await db
    .select({ site: scans.site, verdict: scans.verdict })
    .from(scans)
    .where(eq(scans.scanId, scanId))
    .orderBy(asc(scans.site));
  return rows.map(({ site, verdict }) => [site, verdict]);
}

async function conflictsOf(db: typeof cloud, passId: bigint) {
  const rows = await db
    .select({ kind: conflicts.kind, scanId: conflicts.scanId, other: conflicts.otherScanId })
    .from(conflicts)
    .where(eq(conflicts.passId, passId))
    .orderBy(asc(conflicts.kind));
  return rows.map(({ kind, scanId, other }) => [kind, scanId, other]);
}

test('Y-26, Y-63: a scan that both sites judged is a fact of each at both, let one person in, and is no conflict', async () => {
  const passId = await onePass();
  const inside = await peopleAt(cloud);
  const scanId = newScanId();
  expect(await entry(gates.cloud, passId, scanId)).toBe('admitted');
  await force(venue);
  expect(await entry(gates.venue, passId, scanId)).toBe('admitted');
  await agree();
  for (const db of [cloud, venue]) {
    expect(await judgedAt(db, scanId)).toEqual([
      [1, 'admitted'],
      [2, 'admitted'],
    ]);
    expect(await peopleAt(db)).toBe(inside + 1);
    expect(await conflictsOf(db, passId)).toEqual([]);
  }
  // Once more in is one too many, and found by one judge alone.
  expect(await gates.venue.scan(passId)).toBe('already_used');
  // Its history says why the scan is there twice.
  const { timeline } = await historyAt(venue, passId);
  const scanned = timeline.flatMap((entry) => (entry.kind === 'scanned' ? [entry] : []));
  expect(scanned.map(({ verdict, siteName }) => [verdict, siteName])).toEqual([
    ['already_used', null],
    ['admitted', 'Hall'],
    ['admitted', 'Cloud'],
  ]);
});

test('A-1, Y-26: a scan that one site judged is answered as it was by the other, and not judged again', async () => {
  const passId = await onePass();
  const [admitted, refused] = [newScanId(), newScanId()];
  expect(await entry(gates.cloud, passId, admitted)).toBe('admitted');
  expect(await entry(gates.cloud, passId, refused)).toBe('already_used');
  await judgeAt(venue);
  expect(await entry(gates.venue, passId, admitted)).toBe('admitted');
  expect(await entry(gates.venue, passId, refused)).toBe('already_used');
  expect(await judgedAt(venue, admitted)).toEqual([[1, 'admitted']]);
  await agree();
});

test('A-1, Y-26: each site answers what both judged as it did itself; who came in by the other one is a conflict, listed once', async () => {
  const passId = await onePass();
  const [twice, other] = [newScanId(), newScanId()];
  expect(await entry(gates.cloud, passId, twice)).toBe('admitted');
  await force(venue);
  expect(await entry(gates.venue, passId, other)).toBe('admitted');
  expect(await entry(gates.venue, passId, twice)).toBe('already_used');
  await agree();
  expect(await entry(gates.venue, passId, twice)).toBe('already_used');
  const found = await conflictsOf(venue, passId);
  expect(found).toEqual([['double_entry', other, twice]]);
  expect(await conflictsOf(cloud, passId)).toEqual(found);
  for (const db of [cloud, venue]) {
    const listed = await listConflicts(db, desk.eventId);
    expect(listed.map(({ scan, other }) => [scan?.scanId, other?.scanId])).toEqual([
      [other, twice],
    ]);
    // Of its two verdicts it is the green that let somebody in.
    expect(listed).toMatchObject([{ other: { verdict: 'admitted' } }]);
  }
  await judgeAt(cloud);
  expect(await entry(gates.cloud, passId, twice)).toBe('admitted');
});

test('D-1, Y-26: what a device decided alone and told to both sites is one entry', async () => {
  const passId = await onePass();
  const inside = await peopleAt(cloud);
  const scanId = newScanId();
  const alone = { verdict: 'admitted' as const, at: Date.now() };
  expect(await gates.cloud.scan(passId, 'entry', { scanId, alone })).toBe('admitted');
  await force(venue);
  expect(await gates.venue.scan(passId, 'entry', { scanId, alone })).toBe('admitted');
  await agree();
  expect(await judgedAt(cloud, scanId)).toHaveLength(2);
  expect(await peopleAt(venue)).toBe(inside + 1);
  expect(await conflictsOf(venue, passId)).toEqual([]);
  // Told once more it is known.
  expect(await gates.venue.scan(passId, 'entry', { scanId, alone })).toBe('admitted');
  expect(await judgedAt(venue, scanId)).toHaveLength(2);
});

test('Y-26, Y-54: of a pass that was revoked after its entry here, only the entry there is reported', async () => {
  const passId = await onePass();
  const [here, there] = [newScanId(), newScanId()];
  expect(await entry(gates.cloud, passId, there)).toBe('admitted');
  expect(await entry(gates.cloud, passId, here)).toBe('already_used');
  await force(venue);
  expect(await entry(gates.venue, passId, here)).toBe('admitted');
  await revokePass(venue, passId, now);
  await agree();
  expect(await conflictsOf(venue, passId)).toEqual([
    ['admitted_after_revocation', there, null],
    ['double_entry', here, there],
  ]);
});

test('Y-25: where somebody is says the crossing of the highest number, also where the other site judged later', async () => {
  const passId = await onePass();
  await force(venue);
  const [first, last] = [newScanId(), newScanId()];
  expect(await entry(gates.venue, passId, first)).toBe('admitted');
  expect(await entry(gates.cloud, passId, last)).toBe('admitted');
  await agree();
  const { timeline, lastCrossing } = await historyAt(cloud, passId);
  const atVenue = timeline.find((one) => one.kind === 'scanned' && one.scanId === first);
  expect(lastCrossing?.at).toEqual(atVenue?.at);
  expect(timeline[0]).toMatchObject({ kind: 'scanned', scanId: last });
});

/** Holds what a gate counts, until as many have come to wait for it as there are `works`, one after the other; then lets them go on. */
async function queueUp(db: typeof cloud, works: readonly (() => Promise<unknown>)[]) {
  const release = Promise.withResolvers<undefined>();
  const held = Promise.withResolvers<undefined>();
  const holding = db.transaction(async (tx) => {
    await tx.execute('select from area_counters for update');
    held.resolve(undefined);
    await release.promise;
  });
  await held.promise;
  const done = [];
  for (const [before, work] of works.entries()) {
    done.push(work());
    await expect.poll(() => waitersAt(db), { interval: 10, timeout: 10_000 }).toBe(before + 1);
  }
  release.resolve(undefined);
  await holding;
  return Promise.all(done);
}

async function waitersAt(db: typeof cloud): Promise<number> {
  const [row] = await db.execute<{ waiting: number }>(sql`
    select count(*)::int as waiting from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`);
  return row?.waiting ?? 0;
}

const exchangeOnce = () => exchange.once(() => new Date());

/** A pass that the cloud has let in, which the venue judges by force without knowing of it. */
async function insideAtCloud(): Promise<bigint> {
  const passId = await onePass();
  expect(await entry(gates.cloud, passId, newScanId())).toBe('admitted');
  await force(venue);
  // Facts get their numbers before anything is held: these databases are on one server, where an open transaction holds all facts back.
  await readFacts(cloud, desk.eventId, 'scans', 0, { facts: 1_000, length: 1_000_000 });
  return passId;
}

test('Y-25: who enters while a scan of the other site is taken is counted once, whichever was first', async () => {
  const gateFirst = await insideAtCloud();
  const inside = await peopleAt(venue);
  const [verdict] = await queueUp(venue, [() => gates.venue.scan(gateFirst), exchangeOnce]);
  expect(verdict).toBe('admitted');
  expect(await peopleAt(venue)).toBe(inside + 1);
  await agree();

  await judgeAt(cloud);
  const takenFirst = await insideAtCloud();
  const [, second] = await queueUp(venue, [exchangeOnce, () => gates.venue.scan(takenFirst)]);
  // It was decided on what was read before, and decided anew.
  expect(second).toBe('already_used');
  expect(await peopleAt(venue)).toBe(inside + 2);
  await agree();
});

test('D-10, Y-24: what a device let in unheard stays a conflict when the other site tells of entries', async () => {
  const passId = await onePass();
  expect(await entry(gates.cloud, passId, newScanId())).toBe('admitted');
  await force(venue);
  const [first, refused] = [newScanId(), newScanId()];
  expect(await entry(gates.venue, passId, first)).toBe('admitted');
  expect(await entry(gates.venue, passId, refused)).toBe('already_used');
  const alone = { verdict: 'admitted' as const, at: Date.now() };
  await gates.venue.scan(passId, 'entry', { scanId: refused, alone });
  const unheard = ['double_entry', refused, first];
  expect(await conflictsOf(venue, passId)).toEqual([unheard]);
  await agree();
  for (const db of [cloud, venue]) {
    const found = await conflictsOf(db, passId);
    expect(found).toHaveLength(2);
    expect(found).toContainEqual(unheard);
  }
});

// The last one: it leaves the sites with different conflicts, which is the fault that it shows.
test('Y-25: without looking for what was taken meanwhile, somebody would be counted twice', async () => {
  await venue.$client.unsafe(`
    alter function record_scans(bigint, integer, timestamptz, bigint) rename to record_scans_looking;
    create function record_scans(event bigint, holding integer, judged_at timestamptz, heard bigint) returns void
      language sql as 'select record_scans_looking(event, holding, judged_at, null)'`);
  try {
    const passId = await insideAtCloud();
    const inside = await peopleAt(venue);
    const race = [exchangeOnce, () => gates.venue.scan(passId)];
    expect((await queueUp(venue, race))[1]).toBe('admitted');
    expect(await peopleAt(venue)).toBe(inside + 2);
  } finally {
    await venue.$client.unsafe(`
      drop function record_scans(bigint, integer, timestamptz, bigint);
      alter function record_scans_looking(bigint, integer, timestamptz, bigint) rename to record_scans`);
  }
});
