/** A disk without space under one side of an exchange: facts are taken whole or not at all, people are told, and it goes on by itself. */
import { type Db, findCloudLink, giveUnits, schema } from '@catraca/db';
import { makeCloud, sell } from '@catraca/api/testing/shared-event';
import { exchangeAll, makeVenue, serveCloud, shareAll } from '@catraca/api/testing/two-sites';
import { compareSites } from '@catraca/db/testing/compare-sites';
import type { Desk } from '@catraca/db/testing/desk';
import assert from 'node:assert/strict';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import {
  type OwnDatabase,
  startOwnDatabase,
} from '../../apps/realtime/src/testing/own-database.ts';
import { mountSmallDisk } from '../../apps/realtime/src/testing/small-disk.ts';
import { startSite, type Site } from '../support/site.ts';

/** A new cluster takes 60 MB, and its write-ahead log comes in pieces of 16. */
const diskMebibytes = 200;

/** Their rows fill more pages than any table has begun: to take them, a full disk would be asked for more. */
const salesToTell = 60;

/** A test waits three times: of a busy machine the poll that did not come true should say so, not the test's own limit. */
const poll = { timeout: 60_000, interval: 50 };
vi.setConfig({ testTimeout: 4 * poll.timeout });

const disks = [1, 2].map(() => mountSmallDisk(diskMebibytes));
const [cloudDisk, venueDisk] = disks;
if (!venueDisk) console.warn('disk-full: not run, since a small disk takes root to mount');

describe.skipIf(!venueDisk)('a disk is full', () => {
  let databases: OwnDatabase[] = [];
  let [cloud, venue]: Db[] = [];
  let desk: Desk;
  let server: Awaited<ReturnType<typeof serveCloud>>;
  let site: Site;

  beforeAll(async () => {
    databases = await Promise.all(disks.map((disk) => startOwnDatabase(disk?.folder)));
    [cloud, venue] = databases.map(({ db }) => db);
    assert(cloud && venue);
    const now = new Date();
    const { userId, ...made } = await makeCloud(cloud, now);
    desk = made;
    await cloud.update(schema.stock).set({ quantity: 1_000 });
    server = await serveCloud(cloud);
    const paired = await makeVenue(cloud, venue, { url: server.url, userId, ...desk }, now);
    await shareAll(cloud, desk.eventId, paired.site, now);
    const units = { typeId: desk.typeId, toSite: paired.site, units: 500, userId: null };
    expect(await giveUnits(cloud, units, now)).toMatchObject({ ok: true });
    await exchangeAll(paired.exchange);
    site = await startSite({ databaseUrl: databases[1]?.url ?? '', services: ['worker'] });
  });

  afterAll(async () => {
    await site?.stop();
    await server?.close();
    await Promise.all(databases.map((database) => database.end()));
    for (const disk of disks) disk?.remove();
  });

  const problem = async () => (await findCloudLink(venue as Db))?.problem;
  const agree = () =>
    expect.poll(() => compareSites(cloud as Db, venue as Db, desk.eventId), poll).toEqual([]);

  test.each([
    [
      'Y-2, Y-3: the venue’s: nothing of a batch is taken, its people are told, and with room again all is there once',
      () => ({ from: cloud, to: venue, disk: venueDisk, says: 'disk_full' }),
    ],
    [
      'Y-2, Y-3: the cloud’s: likewise',
      () => ({ from: venue, to: cloud, disk: cloudDisk, says: 'status_507' }),
    ],
  ])('%s', async (_, sides) => {
    const { from, to, disk, says } = sides();
    assert(from && to && disk);
    await agree();
    await site.service('worker').stop();
    for (let sold = 0; sold < salesToTell; sold++) await sell(from, desk);
    const before = await taken(to);
    await beginLog(to);
    disk.fill();
    await site.start('worker');
    await expect.poll(problem, poll).toBe(says);
    expect(await taken(to)).toEqual(before);
    expect(await compareSites(from, to, desk.eventId)).not.toEqual([]);
    disk.makeRoom();
    await agree();
    await expect.poll(problem, poll).toBeNull();
  });
});

/** How far a site is with the facts of the other, and what it has. */
async function taken(db: Db) {
  return db.$client`
    select (select json_agg(c order by site, stream) from journal_cursors c) as cursors,
      (select count(*) from orders) as orders, (select count(*) from passes) as passes,
      (select count(*) from media) as media, (select count(*) from payments) as payments`;
}

/**
 * A log that cannot be written ends the server itself; this test is about its tables. A piece of it that is just begun has space for all
 * that is tried in vain.
 */
async function beginLog(db: Db): Promise<void> {
  await db.$client`select pg_switch_wal()`;
  await db.$client`select pg_logical_emit_message(true, 'test', 'the first of a new piece')`;
}
