import { parseCode, type Verdict } from '@catraca/domain';
import { eq } from 'drizzle-orm';
import assert from 'node:assert/strict';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { reissuePass } from '../commands/passes/reissue-pass.ts';
import { revokePass } from '../commands/passes/revoke-pass.ts';
import { conflicts, entitlements, passes, scans } from '../schema/index.ts';
import { testDatabase } from '../testing/index.ts';
import { testSigningKey } from '../testing/shop.ts';
import {
  type GateScan,
  judgeScans,
  type Judgement,
  loadVenue,
  openGateDb,
  type Venue,
} from './index.ts';
import {
  auditLog,
  gateScan,
  holdLog,
  makeDevice,
  makePasses,
  makeSmallEvent,
  readOccupancy,
  type SmallEvent,
  type TestDevice,
} from './testing/index.ts';

const site = 1;
const minuteMs = 60_000;
const { db, url } = await testDatabase();
const lanes = [openGateDb(url), openGateDb(url)] as const;
let event: SmallEvent;
let venue: Venue;
let blue: TestDevice;
let red: TestDevice;

beforeAll(async () => {
  event = await makeSmallEvent(db, { hallCapacity: 1_000, stageCapacity: 0 });
  venue = await reload();
  blue = await makeDevice(db, event, { name: 'Blue phone' });
  red = await makeDevice(db, event, { name: 'Red phone' });
});

afterAll(() => Promise.all(lanes.map((lane) => lane.end())));

async function reload(): Promise<Venue> {
  const loaded = await loadVenue(db, event.eventId);
  assert(loaded);
  return loaded;
}

async function newPass(policy: keyof SmallEvent['types'] = 'once') {
  const [pass] = await makePasses(db, event, event.types[policy], 1);
  assert(pass);
  return pass;
}

/** The same scan as its device decided it alone. */
function alone(scan: GateScan, verdict: Verdict = 'admitted', agoMs = minuteMs): GateScan {
  return { ...scan, alone: { verdict, at: Date.now() - agoMs } };
}

async function judge(scan: GateScan, lane = lanes[0]): Promise<Judgement | undefined> {
  return (await judgeScans(lane, site, [scan])).judgements.get(scan.scanId);
}

async function rowOf({ scanId }: GateScan) {
  const [row] = await db.select().from(scans).where(eq(scans.scanId, scanId));
  assert(row);
  return row;
}

function conflictsOf(passId: bigint) {
  const { kind, scanId, otherScanId } = conflicts;
  return db
    .select({ kind, scanId, otherScanId })
    .from(conflicts)
    .where(eq(conflicts.passId, passId));
}

test('D-3, D-5: a green that the rules still give is the next crossing, dated when it was', async () => {
  const { token, passId } = await newPass();
  const scan = alone(gateScan(venue, blue, token, event.north));
  expect(await judge(scan)).toMatchObject({ scan: { verdict: 'admitted' }, conflict: null });

  const row = await rowOf(scan);
  expect(row).toMatchObject({ crossingNo: 1, alone: true, uncounted: null, toArea: event.hall });
  expect(row.scannedAt.getTime()).toBe(scan.alone?.at);
  expect(row.at.getTime() - row.scannedAt.getTime()).toBeGreaterThan(minuteMs - 1_000);
  expect(await conflictsOf(passId)).toEqual([]);

  const again = await judge(gateScan(venue, red, token, event.south));
  expect(again).toMatchObject({
    scan: { verdict: 'already_used' },
    pass: { first: { at: scan.alone?.at, checkpointId: event.north } },
  });
});

test('D-1, A-1: told twice it is one fact, with the same answer', async () => {
  const { token } = await newPass();
  const scan = alone(gateScan(venue, blue, token, event.north));
  const first = await judge(scan);
  assert(first?.kind === 'judged');
  expect(await judge(scan)).toMatchObject({ isNew: false, conflict: null, pass: first.pass });
  expect(await rowOf(scan)).toMatchObject({ verdict: 'admitted', crossingNo: 1 });
  expect(await db.$count(scans, eq(scans.scanId, scan.scanId))).toBe(1);
});

test('D-4: a refusal is kept as it was given, and moves nobody', async () => {
  const { token } = await newPass();
  const scan = alone(gateScan(venue, blue, token, event.north), 'offline_unknown');
  expect(await judge(scan)).toMatchObject({ scan: { verdict: 'offline_unknown' } });
  expect(await rowOf(scan)).toMatchObject({ crossingNo: null, alone: true, uncounted: null });
  expect(await judge(gateScan(venue, red, token, event.south))).toMatchObject({
    scan: { verdict: 'admitted' },
  });
});

test('D-6: a second green moves nobody, and names both scans', async () => {
  const { token, passId } = await newPass();
  const first = alone(gateScan(venue, blue, token, event.north), 'admitted', 2 * minuteMs);
  const second = alone(gateScan(venue, red, token, event.south));
  await judge(first);
  expect(await judge(second)).toMatchObject({
    scan: { verdict: 'admitted' },
    conflict: 'double_entry',
  });
  expect(await rowOf(second)).toMatchObject({
    verdict: 'admitted',
    crossingNo: null,
    uncounted: true,
  });
  expect(await conflictsOf(passId)).toEqual([
    { kind: 'double_entry', scanId: second.scanId, otherScanId: first.scanId },
  ]);
  expect(await judge(second)).toMatchObject({ isNew: false, conflict: 'double_entry' });
  expect(await conflictsOf(passId)).toHaveLength(1);
});

test('D-6: both greens in one batch are one crossing and one conflict', async () => {
  const { token, barcode, passId } = await newPass();
  const first = alone(gateScan(venue, blue, token, event.north), 'admitted', 2 * minuteMs);
  const second = alone(gateScan(venue, red, barcode, event.south));
  await judgeScans(lanes[0], site, [second, first]);
  const rows = [await rowOf(first), await rowOf(second)];
  expect(rows.filter(({ crossingNo }) => crossingNo !== null)).toHaveLength(1);
  expect(await conflictsOf(passId)).toHaveLength(1);
});

/** Two devices tell of the same ticket at once: both have read it before either has written. */
async function raceOf(ofBlue: GateScan, ofRed: GateScan): Promise<void> {
  const release = await holdLog(db);
  const both = Promise.all([judge(ofBlue, lanes[0]), judge(ofRed, lanes[1])]);
  await waitingToWrite(2);
  await release();
  await both;
}

async function waitingToWrite(count: number): Promise<void> {
  const ready = async () => {
    const [row] = await db.$client<{ count: number }[]>`
      select count(*)::int as count from pg_stat_activity
      where wait_event_type = 'Lock' and application_name = 'catraca-gate' and datname = current_database()`;
    return row?.count === count;
  };
  await expect.poll(ready, { timeout: 10_000 }).toBe(true);
}

async function greensAtOnce() {
  const { token, passId } = await newPass();
  const ofBlue = alone(gateScan(venue, blue, token, event.north), 'admitted', 2 * minuteMs);
  const ofRed = alone(gateScan(venue, red, token, event.south));
  await raceOf(ofBlue, ofRed);
  const rows = await db.select().from(scans).where(eq(scans.passId, passId));
  const found = await conflictsOf(passId);
  return { crossings: rows.filter(({ crossingNo }) => crossingNo !== null), found, rows };
}

test('D-6, A-72: two devices tell of one ticket at once: one crossing, one conflict', async () => {
  const { crossings, found, rows } = await greensAtOnce();
  expect(rows).toHaveLength(2);
  expect(crossings).toHaveLength(1);
  expect(found).toHaveLength(1);
  const named = [found[0]?.scanId, found[0]?.otherScanId].sort();
  expect(named).toEqual(rows.map(({ scanId }) => scanId).sort());
});

test('control of D-6: without the unique crossing both are counted, and nobody is told', async () => {
  const [index] = await db.$client<{ indexdef: string }[]>`
    select indexdef from pg_indexes where indexname = 'scans_crossing'`;
  await db.$client`drop index scans_crossing`;
  try {
    const { crossings, found } = await greensAtOnce();
    expect(crossings).toHaveLength(2);
    expect(found).toEqual([]);
    const [second] = crossings;
    await db.$client`alter table scans disable trigger user`;
    await db.delete(scans).where(eq(scans.scanId, second?.scanId ?? ''));
    await db.$client`alter table scans enable trigger user`;
    await db.$client`update area_counters set people = people - 1, staff = staff - 1 where area_id = ${String(event.hall)}`;
  } finally {
    await db.$client.unsafe(index?.indexdef ?? '');
  }
});

test('D-6: who was admitted online after a green that was not told yet is part of the conflict', async () => {
  const { token, passId } = await newPass();
  const online = gateScan(venue, red, token, event.south);
  await judge(online);
  const early = alone(gateScan(venue, blue, token, event.north));
  expect(await judge(early)).toMatchObject({ conflict: 'double_entry' });
  expect(await conflictsOf(passId)).toEqual([
    { kind: 'double_entry', scanId: online.scanId, otherScanId: early.scanId },
  ]);
});

test('D-5: in, out and in again by devices alone is no conflict', async () => {
  const { token, passId } = await newPass('reentry');
  const told = [
    alone(gateScan(venue, blue, token, event.north), 'admitted', 3 * minuteMs),
    alone(gateScan(venue, red, token, event.south, 'exit'), 'exited', 2 * minuteMs),
    alone(gateScan(venue, blue, token, event.north), 'admitted', minuteMs),
  ];
  await judgeScans(lanes[0], site, told);
  const rows = await Promise.all(told.map(rowOf));
  expect(rows.map(({ crossingNo }) => crossingNo)).toEqual([1, 2, 3]);
  expect(await conflictsOf(passId)).toEqual([]);
});

test('D-7: a pass that was revoked before its green is told of; one revoked since was good', async () => {
  const [early, late] = [await newPass(), await newPass()];
  const revokedAt = new Date(Date.now() - 2 * minuteMs);
  await revokePass(db, early.passId, revokedAt);
  await revokePass(db, late.passId, new Date());

  const bad = alone(gateScan(venue, blue, early.token, event.north));
  expect(await judge(bad)).toMatchObject({ conflict: 'admitted_after_revocation' });
  expect(await rowOf(bad)).toMatchObject({ uncounted: true, crossingNo: null });
  expect(await conflictsOf(early.passId)).toEqual([
    { kind: 'admitted_after_revocation', scanId: bad.scanId, otherScanId: null },
  ]);

  const good = alone(gateScan(venue, blue, late.token, event.north));
  expect(await judge(good)).toMatchObject({ conflict: null });
  expect(await rowOf(good)).toMatchObject({ crossingNo: 1 });
});

test('D-7: a code that was replaced before is told of, and does not use up the pass', async () => {
  const { token, passId } = await newPass();
  await reissuePass(
    db,
    passId,
    await testSigningKey(db, new Date()),
    new Date(Date.now() - 2 * minuteMs),
  );
  const scan = alone(gateScan(venue, blue, token, event.north));
  expect(await judge(scan)).toMatchObject({ conflict: 'admitted_after_revocation' });
  expect(await rowOf(scan)).toMatchObject({ uncounted: true });
});

test('D-7: of a refund nobody knows the time: the green came after it', async () => {
  const { token, passId } = await newPass();
  await db.update(passes).set({ status: 'refunded' }).where(eq(passes.id, passId));
  const scan = alone(gateScan(venue, blue, token, event.north));
  expect(await judge(scan)).toMatchObject({ conflict: 'admitted_after_refund' });
});

test('D-5: what the organizer changed meanwhile takes no green back: the pass is used', async () => {
  const { token, passId } = await newPass('once_per_day');
  await db.update(passes).set({ status: 'blocked' }).where(eq(passes.id, passId));
  await db.delete(entitlements).where(eq(entitlements.typeId, event.types.once_per_day));
  const changed = await reload();
  const scan = alone(gateScan(changed, blue, token, event.north));
  expect(await judge(scan)).toMatchObject({ scan: { verdict: 'admitted' }, conflict: null });
  expect(await rowOf(scan)).toMatchObject({ crossingNo: 1, uncounted: null });
});

test('D-5: who went into a full area is counted there', async () => {
  const { token } = await newPass('unlimited');
  await judge(alone(gateScan(venue, blue, token, event.north), 'admitted', 2 * minuteMs));
  const scan = alone(gateScan(venue, blue, token, event.stageDoor));
  expect(await judge(scan)).toMatchObject({ conflict: null });
  expect(await rowOf(scan)).toMatchObject({ crossingNo: 2, toArea: event.stage });
});

test('D-8: a green that was given after a refusal nobody heard is a conflict', async () => {
  const { token, passId } = await newPass();
  const entry = gateScan(venue, red, token, event.south);
  await judge(entry);
  const scan = gateScan(venue, blue, token, event.north);
  expect(await judge(scan)).toMatchObject({ scan: { verdict: 'already_used' }, conflict: null });

  const unheard = { ...scan, alone: { verdict: 'admitted', at: scan.scannedAt + 1_500 } as const };
  expect(await judge(unheard)).toMatchObject({
    scan: { verdict: 'already_used' },
    conflict: 'double_entry',
  });
  expect(await conflictsOf(passId)).toEqual([
    { kind: 'double_entry', scanId: scan.scanId, otherScanId: entry.scanId },
  ]);
});

test('D-8: a green that the server had given as well is one fact, and no conflict', async () => {
  const { token, passId } = await newPass();
  const scan = gateScan(venue, blue, token, event.north);
  await judge(scan);
  expect(await judge(alone(scan))).toMatchObject({ scan: { verdict: 'admitted' }, conflict: null });
  expect(await rowOf(scan)).toMatchObject({ alone: null, crossingNo: 1 });
  expect(await conflictsOf(passId)).toEqual([]);
});

test('D-9: a green for what is no pass here is kept as the refusal that it is here', async () => {
  const code = '0000 0000 0000 0097';
  const scan = alone({ ...gateScan(venue, blue, code, event.north), code: parseCode(code) });
  expect(await judge(scan)).toMatchObject({ scan: { verdict: 'unknown_code' }, conflict: null });
  expect(await rowOf(scan)).toMatchObject({ alone: true, passId: null });
});

test('A-63, A-71: after all this the log is sound and the counters are its replay', async () => {
  expect(await auditLog(db, venue)).toEqual([]);
  const { counted, replayed, staffCounted, staffReplayed } = await readOccupancy(db, venue);
  expect(counted).toEqual(replayed);
  expect(staffCounted).toEqual(staffReplayed);
});
