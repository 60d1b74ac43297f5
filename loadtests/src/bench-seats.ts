/** npm run bench:seats: how many frames a second the seat map editor shows while a large hall is panned, zoomed and dragged. */
import {
  ensurePersonalKeys,
  initSite,
  keepPersonalKeys,
  migrate,
  openDb,
  saveSeatMap,
  type Db,
} from '@catraca/db';
import { createDatabase, startPostgres, stopPostgres } from '@catraca/db/embedded';
import { makeType } from '@catraca/db/seed';
import { makeDesk, makeDeskStaff } from '@catraca/db/testing/desk';
import { testMasterKey } from '@catraca/db/testing/shop';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright';
import { ensureBrowser } from '../../scripts/lib/browser.ts';
import { buildWeb } from '../../scripts/lib/build-web.ts';
import { signIn } from '../../tests/admin/staff.ts';
import { startSite } from '../../tests/support/site.ts';
import { count } from './options.ts';
import { number, table } from './report/table.ts';
import { say, writeJson } from './run-bench.ts';
import { drawHall } from './seats/hall.ts';
import { acts, measureFrames, type Act, type Frames } from './seats/measure-frames.ts';

const usage = `
npm run bench:seats -- [options]

Opens the seat map editor in Chromium on a hall of its own and measures the frames it shows while the hall is panned, zoomed and while a
section is dragged.

  --seats N       seats of the hall                                   5000
  --seconds N     seconds of each                                     5
  --json FILE     the result, with machine and goals`;

const framesPerSecondGoal = 60;

const { values } = parseArgs({
  options: {
    seats: { type: 'string', default: '5000' },
    seconds: { type: 'string', default: '5' },
    json: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});

if (values.help) console.log(usage.trim());
else await bench(count('seats', values.seats), count('seconds', values.seconds));

async function bench(seats: number, seconds: number): Promise<void> {
  const loadBefore = loadavg()[0] ?? 0;
  await buildWeb();
  const folder = mkdtempSync(path.join(tmpdir(), 'catraca-seats-'));
  const dataDir = path.join(folder, 'postgres');
  mkdirSync(dataDir, { recursive: true });
  try {
    const { url } = await startPostgres({ dataDir });
    const databaseUrl = await createDatabase(url, 'seats');
    const { db, slug } = await prepare(databaseUrl, seats);
    const results = await inBrowser(databaseUrl, slug, seconds);
    await db.$client.end();
    report(results, { seats, seconds, loadBefore });
  } finally {
    await stopPostgres(dataDir);
    rmSync(folder, { recursive: true, force: true });
  }
}

async function prepare(url: string, seats: number): Promise<{ db: Db; slug: string }> {
  const db = openDb(url);
  await migrate(url);
  await initSite(db, { number: 1, name: 'Bench', kind: 'cloud' });
  await ensurePersonalKeys(db, testMasterKey);
  await keepPersonalKeys(() => db, testMasterKey);
  const desk = await makeDesk(db);
  await makeDeskStaff(db, desk);
  const type = await makeType(db, desk.eventId, { units: 0, priceMinor: 1_000 });
  const actor = { organizationId: desk.organizationId, kind: 'system' as const, id: null };
  const saved = await saveSeatMap(
    db,
    desk.eventId,
    { version: 0, document: drawHall(seats, type.no), noSingleSeats: true, keepTaken: false },
    { ...actor, address: null, userAgent: null },
  );
  if (!saved.ok) throw new Error(`The hall was not saved: ${saved.code}`);
  say(`${saved.seats} seats are drawn.`);
  return { db, slug: desk.eventSlug };
}

async function inBrowser(databaseUrl: string, slug: string, seconds: number) {
  const site = await startSite({ databaseUrl, services: ['web'] });
  const executablePath = await ensureBrowser();
  const browser = await chromium.launch({ args: ['--no-sandbox'], executablePath });
  try {
    const page = await browser.newPage({
      viewport: { width: 1440, height: 1000 },
      locale: 'en-GB',
    });
    await page.goto(`${site.webUrl}/sign-in`);
    await signIn(page, 'owner');
    await page.goto(`${site.webUrl}/admin/${slug}/seats`);
    await page.getByRole('application').waitFor();
    await page.locator('#svelte-announcer').waitFor({ state: 'attached' });
    const results = new Map<Act, Frames>();
    for (const act of acts) results.set(act, await measureFrames(page, act, seconds));
    return results;
  } finally {
    await browser.close();
    await site.stop();
  }
}

interface Circumstances {
  seats: number;
  seconds: number;
  loadBefore: number;
}

function report(results: ReadonlyMap<Act, Frames>, circumstances: Circumstances): void {
  const head = ['', 'frames/s', 'p50 ms', 'p95 ms', 'worst ms', 'blocked ms/s', 'goal'];
  const rows = [...results].map(([act, frames]) => [
    act,
    ...[frames.perSecond, frames.p50, frames.p95, frames.worst, frames.blockedMsPerSecond].map(
      number,
    ),
    // What the screen itself misses is not the page's.
    frames.perSecond >= framesPerSecondGoal - 1 ? 'met' : 'missed',
  ]);
  const machine = { cores: cpus().length, processor: cpus()[0]?.model ?? '-' };
  console.log(`${circumstances.seats} seats; ${machine.cores} cores, ${machine.processor}`);
  console.log(`load before: ${number(circumstances.loadBefore)}\n`);
  console.log(table([head, ...rows]));
  writeJson(values.json, {
    ...{
      bench: 'seats',
      at: new Date().toISOString(),
      ...circumstances,
      machine,
      goal: { framesPerSecond: framesPerSecondGoal },
    },
    results: Object.fromEntries(results),
  });
}
