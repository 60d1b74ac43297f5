import {
  countUntold,
  createSiteCode,
  giveUnits,
  schema,
  shareEvent,
  takeOverAuthority,
  type Db,
} from '@catraca/db';
import { makeCloud, sell } from '@catraca/api/testing/shared-event';
import { auditSales } from '@catraca/db/testing/audit-sales';
import { checkAllotments, compareSites } from '@catraca/db/testing/compare-sites';
import type { Desk } from '@catraca/db/testing/desk';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { buildWeb } from '../../scripts/lib/build-web.ts';
import { Business } from './business.ts';
import { layNetwork } from './network/network.ts';
import { type Killable, killable, RunningSite } from './running-site.ts';

/**
 * Ten minutes of business at 50 scans and 5 sales a second on both sides, as fast as the machine can; without CATRACA_WHOLE_OUTAGE a
 * small part of it, and one kill on each side.
 */
const isWhole = process.env['CATRACA_WHOLE_OUTAGE'] !== undefined;
const salesASide = isWhole ? 3_000 : 100;
const scansASide = isWhole ? 30_000 : 1_000;
const kills: { venue: readonly Killable[]; cloud: readonly Killable[] } = isWhole
  ? { venue: killable, cloud: killable }
  : { venue: ['postgres'], cloud: ['realtime'] };

const capacity = isWhole ? 5_000 : 250;
/**
 * Both sides agree within a minute of the line's return, on a machine that has nothing else to do (`npm run bench:sync`). One that has
 * may be slow; it may not be wrong.
 */
const agreeWithinMs = isWhole ? 600_000 : 60_000;

// Buyers, gates and all processes of both sides share the cores of one machine.
vi.setConfig({ testTimeout: (isWhole ? 45 : 4) * 60_000, hookTimeout: 4 * 60_000 });

let cloud: RunningSite;
let venue: RunningSite;
let desk: Desk & { userId: string };

// Before all else, so that no hook is timed with a build.
await buildWeb();

const network = await layNetwork();

beforeAll(async () => {
  cloud = await RunningSite.make(network.cloud);
  venue = await RunningSite.make(network.venue);
  await cloud.fill(async (db) => {
    desk = await makeCloud(db, new Date());
    await db.update(schema.stock).set({ quantity: capacity });
  });
  await cloud.start();
  const cloudUrl = await network.connect(cloud.webPort);
  const db = await cloud.db();
  const request = { organizationId: desk.organizationId, siteName: 'Hall', createdBy: null };
  const { code } = await createSiteCode(db, request, new Date());
  await venue.start('--site', 'venue', '--cloud', cloudUrl, '--pair', code);
  expect(await shareEvent(db, desk.eventId, 2, new Date())).toEqual({ ok: true });
  const units = { typeId: desk.typeId, toSite: 2, units: capacity / 2, userId: null };
  expect(await giveUnits(db, units, new Date())).toMatchObject({ ok: true });
});

afterAll(async () => {
  await venue.remove();
  await cloud.remove();
});

const poll = { timeout: agreeWithinMs, interval: 500 };

/** Everything that should be the same on both sides is; polled, since they tell each other on their own. */
async function agree(): Promise<void> {
  // To compare all rows takes as long as to exchange them: first the sites have the machine for themselves.
  await expect.poll(async () => Promise.all([untold(cloud), untold(venue)]), poll).toEqual([0, 0]);
  await expect
    .poll(async () => compareSites(await cloud.db(), await venue.db(), desk.eventId), poll)
    .toEqual([]);
}

test('Y-5: what changes on one side shows on the other', async () => {
  await agree();
  const db = await cloud.db();
  const { passIds } = await sell(db, desk);
  const isThere = async () =>
    (await (await venue.db()).$client`select 1 from passes where id = ${String(passIds[0])}`)
      .length;
  await expect.poll(isThere, { timeout: agreeWithinMs, interval: 50 }).toBe(1);
});

test('Y-1 to Y-63: the line is cut, processes and databases are killed on both sides, and nothing is lost or there twice', async () => {
  const { passIds } = await sell(await cloud.db(), desk, 10);
  await agree();
  network.cut();
  // The worst that can be: each side judges without the other's consent.
  const taken = await takeOverAuthority(await venue.db(), desk.eventId, null, new Date());
  expect(taken).toMatchObject({ ok: true });
  const [ofCloud, ofVenue] = [new Business(cloud, desk), new Business(venue, desk)];
  const sides = [ofCloud, ofVenue];
  const killVenue = async () => {
    for (const what of kills.venue) await venue.killAndRestart(what, '--site', 'venue');
  };
  const killCloud = async () => {
    for (const what of kills.cloud) await cloud.killAndRestart(what);
  };
  const cutAt = Date.now();
  const business = sides.map((side) => side.run(salesASide, scansASide));
  await Promise.all([...business, killVenue(), killCloud()]);
  await ofVenue.scanAgain(ofCloud, new Set(passIds));
  const sold = sides.map(({ ordersPaid }) => ordersPaid.length);
  expect(Math.min(...sold)).toBeGreaterThan(0);

  network.mend();
  const mendedAt = Date.now();
  await agree();
  if (isWhole) tell(sides, mendedAt - cutAt, Date.now() - mendedAt);
  const databases = [await cloud.db(), await venue.db()];
  const capacities = new Map([[desk.typeId, capacity]]);
  expect(await checkAllotments(databases[0] as Db, databases[1] as Db, capacities)).toEqual([]);
  for (const db of databases) {
    expect(await auditSales(db)).toEqual([]);
    await expectKept(db, ofCloud, 1);
    await expectKept(db, ofVenue, 2);
    await expectReported(db);
  }
});

async function untold(site: RunningSite): Promise<number | undefined> {
  return (await countUntold(await site.db())).get(desk.eventId);
}

/** What an outage was, and how long the sites needed to agree after it. */
function tell(sides: readonly Business[], outageMs: number, agreeMs: number): void {
  const seconds = (ms: number) => Math.round(ms / 1000);
  const [orders, scans] = [
    sides.map(({ ordersPaid }) => ordersPaid.length),
    sides.map(({ verdicts }) => verdicts.size),
  ];
  const what = `orders ${orders.join(' + ')}, scans ${scans.join(' + ')}`;
  const how = `${network.kind}, ${seconds(outageMs)} s`;
  console.info(`${how}: ${what}; agreed after ${seconds(agreeMs)} s`);
}

/** What people were told by a site is so. */
async function expectKept(db: Db, { ordersPaid, verdicts }: Business, site: number): Promise<void> {
  const paid = await db.$client`
    select 1 from orders where state = 'paid' and id = any(${`{${ordersPaid.join(',')}}`}::bigint[])`;
  expect(paid.length).toBe(ordersPaid.length);
  const told = [...verdicts].map(([scanId, { verdict }]) => ({ scanId, verdict }));
  const different = await db.$client`
    select told.* from json_to_recordset(${JSON.stringify(told)}::text::json) as told("scanId" uuid, verdict text)
    left join scans s on s.scan_id = told."scanId" and s.site = ${site} where s.verdict is distinct from told.verdict`;
  expect([...different]).toEqual([]);
}

/** Each pass that was admitted on both sides, not by one scan, has its conflict, and no other has one. Some scans were judged by both. */
async function expectReported(db: Db): Promise<void> {
  const [row] = await db.$client`
    with twice as (
      select pass_id from scans where verdict = 'admitted' and event_id = ${String(desk.eventId)} group by pass_id having count(distinct scan_id) > 1
    ), reported as (select distinct pass_id from conflicts where kind = 'double_entry')
    select (select count(*)::int from twice) as twice,
      (select count(*)::int from (select from scans group by scan_id having count(*) > 1) as both_judged) as both,
      (select count(*)::int from twice where pass_id not in (select pass_id from reported)) as silent,
      (select count(*)::int from reported where pass_id not in (select pass_id from twice)) as made_up`;
  expect(row).toMatchObject({ silent: 0, made_up: 0 });
  expect(row?.['twice']).toBeGreaterThan(0);
  expect(row?.['both']).toBeGreaterThan(0);
}
