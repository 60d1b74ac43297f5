/** npm run bench:sync: how long a cloud and a venue take to agree after a day without a line. */
import { exchangeAll, makeVenue, serveCloud, shareAll } from '@catraca/api/testing/two-sites';
import { makeCloud, sell } from '@catraca/api/testing/shared-event';
import { VenueExchange } from '@catraca/api/sync';
import {
  type Db,
  giveUnits,
  handOverAuthority,
  holdPersonalKeys,
  migrate,
  openDb,
  schema,
} from '@catraca/db';
import { createDatabase, dropDatabase, startPostgres } from '@catraca/db/embedded';
import { judgeScans, loadVenue, openGateDb } from '@catraca/db/gate';
import { gateScan, type TestDevice } from '@catraca/db/gate/testing';
import { compareSites } from '@catraca/db/testing/compare-sites';
import type { Desk } from '@catraca/db/testing/desk';
import { testPersonalKeys } from '@catraca/db/testing/personal-keys';
import { testMasterKey } from '@catraca/db/testing/shop';
import { type CheckpointId, type DeviceId, type EventId, toId } from '@catraca/domain';
import { sql } from 'drizzle-orm';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { defaultBenchFolder } from './database/loaded-folder.ts';
import { describeMachine } from './measure/machine.ts';
import { openSql } from './database/open-sql.ts';
import { count } from './options.ts';
import { number, table } from './report/table.ts';
import { say, writeJson } from './run-bench.ts';

const usage = `
npm run bench:sync -- [options]

A venue sells and judges for a day without its cloud; then the line is back, and both tell each other all of it.
Both databases are on one server, fsync on.

  --sales N       orders of that day, at the venue         10000
  --scans N       scans of that day, at the venue          200000
  --runs N        runs; the figure is their median         3
  --json FILE     the result
  --data DIR      where the databases are kept meanwhile   .data/bench`;

/** Seconds in which both sides are to agree. */
const goalSeconds = 60;

const buyersAtOnce = 50;
const scansAtOnce = 160;

const names = { cloud: 'sync_cloud', venue: 'sync_venue' };

const { values } = parseArgs({
  options: {
    sales: { type: 'string', default: '10000' },
    scans: { type: 'string', default: '200000' },
    runs: { type: 'string', default: '3' },
    json: { type: 'string' },
    data: { type: 'string', default: defaultBenchFolder },
    help: { type: 'boolean', default: false },
  },
});

holdPersonalKeys(testPersonalKeys);
if (values.help) console.log(usage.trim());
else
  await bench({
    sales: count('sales', values.sales),
    scans: count('scans', values.scans),
    runs: count('runs', values.runs),
  });

interface Day {
  sales: number;
  scans: number;
}

async function bench({ sales, scans, runs }: Day & { runs: number }): Promise<void> {
  const dataDir = path.join(path.resolve(values.data), 'sync');
  const server = await startPostgres({ dataDir });
  try {
    const machine = await describeMachine({ sql: openSql(server.url), dataDir });
    const desk = await makeDay(server.url, { sales, scans });
    const seconds: number[] = [];
    const differences: string[] = [];
    for (let run = 1; run <= runs; run++) {
      const outcome = await catchUp(server.url, desk);
      seconds.push(outcome.seconds);
      differences.push(...outcome.differences);
      say(`run ${run}: ${number(outcome.seconds)} s`);
    }
    const median = seconds.toSorted((a, b) => a - b)[Math.floor(runs / 2)] ?? Number.NaN;
    console.log(
      table([
        ['', 'figure', 'goal'],
        [`${sales} sales and ${scans} scans, s`, number(median), `${goalSeconds}`],
        ['sales a second', number(sales / median), ''],
        ['scans a second', number(scans / median), ''],
      ]),
    );
    for (const difference of differences) console.log(`WRONG ${difference}`);
    process.exitCode = differences.length === 0 ? 0 : 1;
    writeJson(values.json, {
      ...{ bench: 'sync', at: new Date().toISOString(), machine, sales, scans, runs },
      ...{ seconds, median, goalSeconds, differences },
    });
  } finally {
    await server.stop();
  }
}

/** Both databases as they are when the line is back. */
async function makeDay(server: string, { sales, scans }: Day): Promise<Desk> {
  for (const name of [...Object.values(names), ...Object.values(names).map(copyOf)]) {
    await dropDatabase(server, name);
  }
  const urls = {
    cloud: await createDatabase(server, names.cloud),
    venue: await createDatabase(server, names.venue),
  };
  await migrate(urls.cloud);
  await migrate(urls.venue);
  const [cloud, venue] = [openDb(urls.cloud), openDb(urls.venue)];
  const now = new Date();
  const desk = await makeCloud(cloud, now);
  const web = await serveCloud(cloud);
  try {
    await cloud.update(schema.stock).set({ quantity: sales + 100 });
    const { site, exchange } = await makeVenue(cloud, venue, { url: web.url, ...desk }, now);
    await shareAll(cloud, desk.eventId, site, now);
    const units = { typeId: desk.typeId, toSite: site, units: sales, userId: null };
    await giveUnits(cloud, units, now);
    await handOverAuthority(cloud, desk.eventId, null, now);
    await exchangeAll(exchange);
    await sellMany(venue, desk, sales);
    say(`${sales} sales are made`);
    await judgeMany(venue, urls.venue, site, desk, scans);
    say(`${scans} scans are made`);
  } finally {
    await Promise.all([web.close(), cloud.$client.end(), venue.$client.end()]);
  }
  return desk;
}

async function sellMany(venue: Db, desk: Desk, sales: number): Promise<void> {
  let left = sales;
  const buyer = async () => {
    while (left-- > 0) await sell(venue, desk);
  };
  await Promise.all(Array.from({ length: buyersAtOnce }, buyer));
}

/** Entries of passes at random: the first admits, the others are refused, as most of a day's scans at a single gate are not. */
async function judgeMany(
  venue: Db,
  url: string,
  site: number,
  desk: Desk,
  scans: number,
): Promise<void> {
  const loaded = await loadVenue(venue, toId<EventId>(desk.eventId));
  if (!loaded) throw new Error('the event has gone');
  const codes = await venue.execute<{ code: string }>(
    sql`select code from media where kind = 'barcode' and state = 'active' order by pass_id`,
  );
  const lane = openGateDb(url);
  const device = { id: toId<DeviceId>(desk.deviceId) } as TestDevice;
  const checkpoint = toId<CheckpointId>(desk.checkpointId);
  for (let done = 0; done < scans; done += scansAtOnce) {
    const batch = Array.from({ length: Math.min(scansAtOnce, scans - done) }, (_, index) => {
      const code = codes[(done + index) % codes.length]?.code ?? '';
      return gateScan(loaded, device, code, checkpoint);
    });
    await judgeScans(lane, site, batch);
  }
  await lane.end();
}

/** On copies, so that each run begins with the same. */
async function catchUp(
  server: string,
  desk: Desk,
): Promise<{ seconds: number; differences: string[] }> {
  const copies = [];
  for (const name of Object.values(names)) {
    await dropDatabase(server, copyOf(name));
    copies.push(openDb(await createDatabase(server, copyOf(name), name)));
  }
  const [cloud, venue] = copies;
  if (!cloud || !venue) throw new Error('two databases are copied');
  const web = await serveCloud(cloud);
  try {
    await venue.update(schema.siteLinks).set({ url: web.url });
    const began = performance.now();
    const outcome = await exchangeAll(new VenueExchange(venue, testMasterKey));
    const seconds = (performance.now() - began) / 1000;
    if (!outcome.ok) return { seconds, differences: [outcome.problem] };
    return { seconds, differences: await compareSites(cloud, venue, desk.eventId) };
  } finally {
    await Promise.all([web.close(), ...copies.map((db) => db.$client.end())]);
  }
}

function copyOf(name: string): string {
  return `${name}_copy`;
}
