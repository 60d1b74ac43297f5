import { initSite } from '@catraca/db';
import { testDatabase } from '@catraca/db/testing';
import { verdicts } from '@catraca/domain';
import { expect, test } from 'vitest';
import { GateClient } from '../../apps/realtime/src/testing/gate-client.ts';
import { startTestRealtime } from '../../apps/realtime/src/testing/realtime.ts';
import { totalsOf } from '../src/k6/crowd-at-gates.ts';
import { checkGateBooks, readTotals } from '../src/k6/gate-books.ts';
import { type DoorsPlan, planDoors } from '../src/k6/plan-doors.ts';
import { exitCodes, judge } from '../src/k6/report.ts';
import type { Threshold } from '../src/k6/run-k6.ts';
import { type LoadVenue, makeVenue } from '../src/k6/venue.ts';

const masterKey = new Uint8Array(32).fill(7);
const { db, url } = await testDatabase();
await initSite(db, { number: 1, name: 'test', kind: 'cloud' });

const venue = await makeVenue(db, masterKey, { gates: 3, devices: 3 });
// One refusal in twenty: of these, two of each kind.
const plan = await planDoors(db, masterKey, venue, { people: 680, durationMs: 1_000 });
await playAll(venue, plan);

async function playAll({ devices }: LoadVenue, { byDevice }: DoorsPlan): Promise<void> {
  const { port } = await startTestRealtime(url);
  await Promise.all(
    devices.map(async ({ token }, index) => {
      const client = await GateClient.open(port, token);
      for (const { id, code, checkpointId, direction } of byDevice[index] ?? []) {
        const scannedAt = new Date().toISOString();
        await client.judge({ scanId: id, code, checkpointId, direction, scannedAt });
      }
    }),
  );
}

const wrong = async (books: ReturnType<typeof checkGateBooks>) =>
  (await books).filter(({ ok }) => !ok).map(({ what }) => what);

test('the plan knows the verdict of every kind of scan, and the books of an honest gate are right', async () => {
  expect(await wrong(checkGateBooks(db, venue.eventId, plan))).toEqual([]);
  expect(await readTotals(db)).toEqual(totalsOf(plan));
  const planned = new Set(plan.byDevice.flat().flatMap(({ expected }) => expected));
  // What the gate of this site does not say in this event, or a plan cannot make.
  const never = ['needs_attention', 'offline_unknown'];
  expect(verdicts.filter((verdict) => !planned.has(verdict))).toEqual(never);
});

test('a scan that is not in the log is found', async () => {
  const [first] = plan.byDevice.flat();
  const lost = { ...first, id: '01900000-0000-7000-8000-00000000ffff' } as NonNullable<
    typeof first
  >;
  const longer = { ...plan, byDevice: [...plan.byDevice, [lost]] };
  expect(await wrong(checkGateBooks(db, venue.eventId, longer))).toEqual([
    'scans of the plan without a verdict',
    'scans in the log',
  ]);
});

test('a verdict that is not the expected one is found', async () => {
  const byDevice = plan.byDevice.map((scans) =>
    scans.map((scan) =>
      scan.expected[0] === 'revoked' ? { ...scan, expected: ['admitted' as const] } : scan,
    ),
  );
  expect(await wrong(checkGateBooks(db, venue.eventId, { ...plan, byDevice }))).toEqual([
    'verdicts that are not the expected ones',
  ]);
});

test('a counter that is not the sum of the log, and a pass that came in twice, are found', async () => {
  const sql = db.$client;
  await sql`update area_counters set people = people + 1`;
  await sql`
    insert into scans (at, pass_id, scan_id, event_id, device_id, checkpoint_id, crossing_no, seen_no, from_area, to_area,
      entries, day, day_entries, site, direction, verdict, scanned_at)
    select now(), pass_id, uuidv7(), event_id, device_id, checkpoint_id, 2, 0, from_area, to_area,
      2, day, 2, site, direction, verdict, scanned_at
    from scans s where verdict = 'admitted' and not exists (
      select from scans o where o.pass_id = s.pass_id and o.scan_id <> s.scan_id)
    order by pass_id limit 1`;
  expect(await wrong(checkGateBooks(db, venue.eventId, plan))).toEqual([
    'scans in the log',
    'double and other illegal admissions and refusals in the log',
    'people in the areas: the log, and its counters',
  ]);
});

test('a latency that was missed is told from an answer that was wrong', () => {
  const missed = (kind: Threshold['kind']) => ({
    k6: { thresholds: [{ text: 'x', kind, ok: false }], metrics: {} },
    ...{ books: [], figures: [] },
  });
  expect(judge(missed('latency'))).toBe('slow');
  expect(judge(missed('correctness'))).toBe('broken');
  expect(new Set(Object.values(exitCodes)).size).toBe(3);
});
