import { loadVenue } from '@catraca/db/gate';
import {
  auditLog,
  holdLog,
  makeDevice,
  makePasses,
  makeSmallEvent,
  readOccupancy,
} from '@catraca/db/gate/testing';
import type { ScanAnswer, ScanRequest } from '@catraca/protocol';
import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import { GateClient, newScan, verdictOf } from '../testing/gate-client.ts';
import { startOwnDatabase } from '../testing/own-database.ts';
import { startRealtimeProcess } from '../testing/processes.ts';
import { readMetric } from '../testing/read-metric.ts';
import { scansWaitingMax } from './batcher.ts';

const socketsCount = 50;
const scansPerSocket = 100;

/** The service is back so long (ms) after its database: two seconds, and as many again where a machine does other work as well. */
const backWithinMs = 5_000;

/**
 * How long (ms) the database is slow and gone, at least. Each state is left when all that is claimed of it was seen; with
 * CATRACA_WHOLE_BAD_DAY=1 they take as long as on a bad day.
 */
// eslint-disable-next-line no-restricted-properties -- asked for on the command line of the tests, which have no env.ts
const isWholeDay = process.env['CATRACA_WHOLE_BAD_DAY'] === '1';
const [slowMs, goneMs] = isWholeDay ? [10_000, 30_000] : [0, 0];

const database = await startOwnDatabase();
const { url, db } = database;
afterAll(() => database.end());
const event = await makeSmallEvent(db);
const device = await makeDevice(db, event);
const { port } = await startRealtimeProcess(url);

/** Devices that do not give up: each sends a scan, with its id, until it has its verdict. */
class Patient {
  readonly verdicts = new Map<string, ScanAnswer>();
  busy = 0;

  async scanAll(client: GateClient, scans: readonly ScanRequest[]): Promise<void> {
    for (const scan of scans) this.verdicts.set(scan.scanId, await this.#judge(client, scan));
    await client.close();
  }

  async #judge(client: GateClient, scan: ScanRequest): Promise<ScanAnswer> {
    while (true) {
      const answer = await client.scan(scan);
      if (answer.type !== 'busy') return answer;
      this.busy += 1;
      // As a scanner does: the gate has said that it has enough.
      await pause(20);
    }
  }

  async until(condition: () => boolean): Promise<void> {
    while (!condition()) await pause(5);
  }
}

test('A-9, P-6: PostgreSQL is slow, then gone, then back: devices are told, the queue is bounded, no answer is lost, and the gate is back by itself', async () => {
  const passes = await makePasses(db, event, event.types.once, socketsCount * scansPerSocket);
  const scans = passes.map(({ token }) => newScan(token, event.north));
  const crowd = new Patient();
  const clients = await Promise.all(
    Array.from({ length: socketsCount }, () => GateClient.open(port, device.token)),
  );
  const scanning = clients.map((client, i) =>
    crowd.scanAll(client, scans.slice(i * scansPerSocket, (i + 1) * scansPerSocket)),
  );
  await crowd.until(() => crowd.verdicts.size > 500);

  // Slow: scans wait, and who has waited long enough is told.
  const release = await holdLog(db);
  await Promise.all([crowd.until(() => crowd.busy > 0), pause(slowMs)]);
  expect(await readMetric(port, 'catraca_gate_waiting')).toBeLessThanOrEqual(scansWaitingMax);
  expect(await readMetric(port, 'catraca_gate_open')).toBeLessThanOrEqual(socketsCount);

  // Gone: they are still told, at once now.
  await release();
  await database.stopServer();
  const busyBefore = crowd.busy;
  const isTold = () => crowd.busy > busyBefore + 2 * socketsCount;
  await Promise.all([crowd.until(isTold), pause(goneMs)]);
  const judgedWhileGone = crowd.verdicts.size;

  // Back.
  await database.startServer();
  const backAt = performance.now();
  const deadline = AbortSignal.timeout(backWithinMs);
  await crowd.until(() => crowd.verdicts.size > judgedWhileGone || deadline.aborted);
  expect(crowd.verdicts.size).toBeGreaterThan(judgedWhileGone);
  if (isWholeDay)
    console.info(`back ${Math.round(performance.now() - backAt)} ms after PostgreSQL`);
  await Promise.all(scanning);

  const rows = await db.$client<{ scan_id: string; verdict: string }[]>`
    select scan_id, verdict from scans`;
  const stored = new Map(rows.map((row) => [row.scan_id, row.verdict]));
  expect(rows).toHaveLength(scans.length);
  expect([...stored.values()].every((verdict) => verdict === 'admitted')).toBe(true);
  expect(
    [...crowd.verdicts].filter(([id, answer]) => stored.get(id) !== verdictOf(answer)),
  ).toEqual([]);
  const venue = await loadVenue(db, event.eventId);
  assert(venue);
  expect(await auditLog(db, venue)).toEqual([]);
  const { counted, replayed } = await readOccupancy(db, venue);
  expect(counted).toEqual(replayed);
});
