import { loadVenue, type Venue } from '@catraca/db/gate';
import {
  gateScan,
  holdLog,
  makeDevice,
  makePasses,
  makeSmallEvent,
} from '@catraca/db/gate/testing';
import { testDatabase } from '@catraca/db/testing';
import type { ScanId } from '@catraca/domain';
import assert from 'node:assert/strict';
import { afterAll, expect, test } from 'vitest';
import { Batcher, type Outcome, scansPerBatchMax, scansWaitingMax } from './batcher.ts';
import { Lane } from './lane.ts';

const site = 1;
const { db, url } = await testDatabase();
const event = await makeSmallEvent(db);
const device = await makeDevice(db, event);
const loaded = await loadVenue(db, event.eventId);
assert(loaded);
const venue: Venue = loaded;

const lanes = [new Lane(url, site), new Lane(url, site)];
const failures: number[] = [];
const batches: number[] = [];
const batcher = new Batcher(lanes, {
  judged: (_, { size }) => batches.push(size),
  failed: (_, size) => failures.push(size),
});
afterAll(() => batcher.close());

function offer(code: string, scanId?: string): Promise<Outcome> {
  const scan = gateScan(venue, device, code, event.north);
  return new Promise((done) =>
    batcher.offer({
      scan: scanId === undefined ? scan : { ...scan, scanId: scanId as ScanId },
      done,
    }),
  );
}

function kindsOf(outcomes: readonly Outcome[]): string[] {
  return outcomes.map((outcome) =>
    outcome.kind === 'judged' ? outcome.scan.verdict : outcome.kind,
  );
}

test('scans that come together are judged together', async () => {
  batches.length = 0;
  const outcomes = await Promise.all(Array.from({ length: 60 }, () => offer('stranger')));
  expect(new Set(kindsOf(outcomes))).toEqual(new Set(['unknown_code']));
  expect(batches).toEqual([60]);
});

/** Resolves when all that waits has been taken up. */
async function untilInFlight(): Promise<void> {
  while (batcher.waiting > 0) await new Promise((resolve) => setImmediate(resolve));
}

test('A-70: what comes for a pass in flight waits for it, and keeps its order', async () => {
  const [pass] = await makePasses(db, event, event.types.once, 1);
  const letGo = await holdLog(db);
  batches.length = 0;
  const first = offer(pass?.token ?? '');
  await untilInFlight();
  const others = [offer(pass?.token ?? ''), offer(pass?.token ?? '')];
  const stranger = offer('stranger');
  await letGo();
  const verdicts = kindsOf(await Promise.all([first, ...others]));
  expect(verdicts).toEqual(['admitted', 'already_used', 'already_used']);
  await stranger;
  // A stranger's code need not wait for the pass, for which there is the other lane.
  expect(batches.toSorted()).toEqual([1, 1, 2]);
});

test('the queue is bounded: one more is told busy at once, and who waited too long as well', async () => {
  const letGo = await holdLog(db);
  const inFlight = Array.from({ length: 2 * scansPerBatchMax }, () => offer('stranger'));
  await untilInFlight();
  const waiting = Array.from({ length: scansWaitingMax }, () => offer('stranger'));
  const oneMore = offer('stranger');
  expect(batcher.waiting).toBe(scansWaitingMax);
  expect(await Promise.race([oneMore, ...waiting])).toEqual({ kind: 'busy' });
  expect(batcher.waiting).toBe(scansWaitingMax);

  // The log is still held: these are told because they have waited long enough.
  expect(new Set(kindsOf(await Promise.all(waiting)))).toEqual(new Set(['busy']));
  await letGo();
  expect(new Set(kindsOf(await Promise.all(inFlight)))).toEqual(new Set(['unknown_code']));
});

test('a scan that no database takes spoils nothing but itself', async () => {
  failures.length = 0;
  const outcomes = await Promise.all([offer('a'), offer('b', 'no uuid'), offer('c')]);
  expect(kindsOf(outcomes)).toEqual(['unknown_code', 'busy', 'unknown_code']);
  expect(failures).toEqual([1]);
});
