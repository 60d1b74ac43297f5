import { auditSales } from '@catraca/db/testing/audit-sales';
import type { Db } from '@catraca/db';
import { makeType } from '@catraca/db/seed';
import { signLiveTicket } from '@catraca/domain/live-ticket';
import { readTotals } from './gate-books.ts';
import { makePasses } from './passes.ts';
import { type MemoryCourse, ProcessWatch } from './process-watch.ts';
import { counted, equal, type Finding } from './report.ts';
import { endWithinMs, type Scenario, settleMs } from './scenario.ts';
import { makeVenue } from './venue.ts';

/** Shorter than this (minutes) there is no telling growth from warm-up: the figures are shown, and not judged. */
const judgedFromMinutes = 5;
const growthMax = 0.05;

/** As in `k6/05-soak.js`. */
const strangerEvery = 20;

export const soak: Scenario = {
  about:
    'a steady load of scans, sales and walls for ten minutes: no error, and memory does not grow',
  scale: { people: 5_000, gates: 100, minutes: 10, walls: 50, rate: 1_000 },
  needsWeb: true,
  async run({ site, scale, say, k6 }) {
    const { db, masterKey, secrets } = site;
    const { people, gates, walls, rate, minutes } = scale;
    const venue = await makeVenue(db, masterKey, { gates, devices: gates });
    const passes = await makePasses(db, masterKey, venue.types.coming, people);
    const dayMs = 86_400_000;
    const window = { startsAt: new Date(Date.now() - dayMs), endsAt: new Date(Date.now() + dayMs) };
    const type = await makeType(db, venue.eventId, {
      ...{ name: { en: 'One day' }, priceMinor: 4_500, units: 1_000_000 },
      opens: [{ areaId: venue.hall, ...window }],
    });
    const nodes = [await site.startRealtime(), await site.startRealtime()];
    await Promise.all([site.startOther('web'), site.startOther('worker')]);
    const durationMs = minutes * 60_000;
    const scansPerDevice = Math.round((rate / gates) * (durationMs / 1000));
    // The first device may scan at the first gate only.
    const checkpoints = venue.devices.map((_, index) => String(venue.gates[index]));
    const viewer = { eventId: venue.eventId, memberId: 'load' };
    const codes = venue.devices.map((_, device) =>
      passes.filter((_pass, index) => index % gates === device).map(({ token }) => token),
    );
    const totals = totalsOf(
      codes.map(({ length }) => length),
      scansPerDevice,
    );
    site.write('codes', codes);
    site.write('settings', {
      ...{ webUrl: site.webUrl, realtimeUrls: nodes.map(({ url }) => url), walls, checkpoints },
      ...{ slug: venue.slug, typeNo: type.no, runAt: Date.now(), totals },
      ...{
        settleMs,
        durationMs,
        endWithinMs,
        scansPerDevice,
        everyMs: durationMs / scansPerDevice,
      },
      deviceTokens: venue.devices.map(({ token }) => token),
      ticket: await signLiveTicket(viewer, secrets.CATRACA_SECRET, new Date()),
    });
    say(`k6: ${rate} scans a second, a sale a second and ${walls} walls for ${minutes} min`);
    const watch = new ProcessWatch(site.processes);
    const result = await k6();
    const courses = watch.stop();
    const sold = counted(result, 'orders_paid');
    return {
      k6: result,
      figures: [
        ['scans', String(counted(result, 'scans'))],
        ['answers "busy"', String(counted(result, 'busy'))],
        ['orders paid', String(sold)],
        ...courses.map((course) => [`memory of ${course.name}`, describe(course)] as const),
        ...(await Promise.all(nodes.map((node) => eventLoopDelay(node)))),
      ],
      books: [
        equal(
          'devices and walls that played to their end',
          gates + walls,
          counted(result, 'finished'),
        ),
        equal('scans', totals, await readTotals(db)),
        ...(await checkCrossings(db)),
        equal('orders paid', sold, await paidOrders(db)),
        equal('sales, stock, seats, passes and money compared', [], await auditSales(db)),
        ...(minutes < judgedFromMinutes ? [] : courses.map(isFlat)),
      ],
    };
  },
};

/** What the scans of all devices come to, each with its own number of people. */
function totalsOf(people: readonly number[], scansPerDevice: number) {
  const totals = { admitted: 0, exited: 0, refused: 0 };
  for (const own of people) {
    const strangers = Math.floor(scansPerDevice / strangerEvery);
    totals.refused += strangers;
    for (let crossed = 0; crossed < scansPerDevice - strangers; crossed++) {
      totals[Math.floor(crossed / own) % 2 === 1 ? 'exited' : 'admitted'] += 1;
    }
  }
  return totals;
}

/** By SQL, since the log is long: numbers without a gap, in and out in turn, counters that are the sum of the log. */
async function checkCrossings(db: Db): Promise<Finding[]> {
  const sql = db.$client;
  const [gaps] = await sql<{ count: number }[]>`
    select count(*)::int as count from (
      select from scans where crossing_no is not null group by pass_id having count(*) <> max(crossing_no)) g`;
  const [doubles] = await sql<{ count: number }[]>`
    select count(*)::int as count from scans a join scans b
      on b.pass_id = a.pass_id and b.crossing_no = a.crossing_no + 1 and b.verdict = a.verdict`;
  const counters = await sql<{ log: number; counter: number }[]>`
    select c.people::int as counter, (
      select count(*) filter (where s.to_area = c.area_id) - count(*) filter (where s.from_area = c.area_id)
      from scans s where s.crossing_no is not null)::int as log
    from area_counters c order by c.area_id`;
  return [
    equal('passes with a gap in the numbers of their crossings', 0, gaps?.count),
    equal('admissions after an admission, without an exit', 0, doubles?.count),
    equal(
      'people in the areas: the log, and its counters',
      counters.map(({ log }) => log),
      counters.map(({ counter }) => counter),
    ),
  ];
}

async function paidOrders(db: Db): Promise<number> {
  const [row] = await db.$client<{ count: number }[]>`
    select count(*)::int as count from orders where state = 'paid'`;
  return row?.count ?? 0;
}

function growthOf({ afterWarmUp, atTheEnd }: MemoryCourse): number {
  return atTheEnd / afterWarmUp - 1;
}

function describe(course: MemoryCourse): string {
  const { afterWarmUp, atTheEnd } = course;
  const percent = (growthOf(course) * 100).toFixed(1);
  return `${afterWarmUp.toFixed(0)} MiB after warm-up, ${atTheEnd.toFixed(0)} MiB at the end (${percent} %)`;
}

function isFlat(course: MemoryCourse): Finding {
  return {
    what: `memory of ${course.name} grew`,
    wanted: `at most ${growthMax * 100} %`,
    found: `${(growthOf(course) * 100).toFixed(1)} %`,
    ok: growthOf(course) <= growthMax,
  };
}

/** The 99th percentile, as the process tells Prometheus. */
async function eventLoopDelay({ name, url }: { name: string; url: string }) {
  const response = await fetch(`${url.replace('ws:', 'http:')}/metrics`);
  const seconds = /^nodejs_eventloop_lag_p99_seconds ([0-9.e-]+)$/m.exec(
    await response.text(),
  )?.[1];
  const shown =
    seconds === undefined ? 'not told' : `p99 ${(Number(seconds) * 1000).toFixed(1)} ms`;
  return [`event-loop delay of ${name}`, shown] as const;
}
