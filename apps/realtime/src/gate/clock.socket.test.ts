import { loadVenue } from '@catraca/db/gate';
import { auditLog, makeDevice, makePasses, makeSmallEvent } from '@catraca/db/gate/testing';
import { testDatabase } from '@catraca/db/testing';
import type { Direction } from '@catraca/domain';
import type { ScanAnswer } from '@catraca/protocol';
import assert from 'node:assert/strict';
import { afterEach, expect, test, vi } from 'vitest';
import { GateClient, newScan, verdictOf } from '../testing/gate-client.ts';
import { startTestRealtime } from '../testing/realtime.ts';

const yearMs = 365 * 24 * 3600 * 1000;

const { db, url } = await testDatabase();
const event = await makeSmallEvent(db);
const device = await makeDevice(db, event);
const { port } = await startTestRealtime(url);
afterEach(() => vi.useRealTimers());

function instantOf(answer: ScanAnswer | undefined): number {
  assert(answer?.type === 'verdict');
  return Date.parse(answer.at);
}

test('A-4: the clock of the service goes back by a year: the database’s judges, and crossings keep their order and numbers', async () => {
  const [pass] = await makePasses(db, event, event.types.reentry, 1);
  assert(pass);
  const client = await GateClient.open(port, device.token);
  const scan = (direction: Direction) => client.judge(newScan(pass.token, event.north, direction));
  const answers = [await scan('entry')];

  // Service and device alike: both run here.
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() - yearMs });
  for (const direction of ['exit', 'entry', 'entry'] as const) answers.push(await scan(direction));
  vi.useRealTimers();

  expect(answers.map(verdictOf)).toEqual(['admitted', 'exited', 'admitted', 'already_inside']);
  const instants = answers.map(instantOf);
  expect(instants).toEqual(instants.toSorted((a, b) => a - b));
  const rows = await db.$client<{ crossing_no: number }[]>`
    select crossing_no from scans where crossing_no is not null order by at, crossing_no`;
  expect(rows.map((row) => row.crossing_no)).toEqual([1, 2, 3]);
  const venue = await loadVenue(db, event.eventId);
  assert(venue);
  expect(await auditLog(db, venue)).toEqual([]);
  await client.close();
});
