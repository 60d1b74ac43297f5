import { loadVenue } from '@catraca/db/gate';
import {
  auditLog,
  makeDevice,
  makePasses,
  makeSmallEvent,
  readOccupancy,
} from '@catraca/db/gate/testing';
import type { ScanAnswer, ScanRequest } from '@catraca/protocol';
import assert from 'node:assert/strict';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { GateClient, newScan, verdictOf } from '../testing/gate-client.ts';
import { startOwnDatabase } from '../testing/own-database.ts';
import { type RealtimeProcess, startRealtimeProcess } from '../testing/processes.ts';

const socketsCount = 12;
const crowdSize = 2_000;

/** Answers before the kill: enough for several batches. */
const answersBefore = 150;

const database = await startOwnDatabase();
const { url, db } = database;
const event = await makeSmallEvent(db);
const device = await makeDevice(db, event);
let realtime: RealtimeProcess;

beforeAll(async () => {
  realtime = await startRealtimeProcess(url);
});

afterAll(async () => {
  await realtime.service.stop();
  await database.end();
});

/** Devices that scan without a pause: each sends its next scan when it has an answer to the last. */
class Crowd {
  readonly sent: ScanRequest[] = [];
  readonly answered = new Map<string, ScanAnswer>();
  readonly #queue: ScanRequest[];
  #tellCount: () => void = () => {};

  constructor(scans: readonly ScanRequest[]) {
    this.#queue = [...scans];
  }

  /**
   * The same, but a device whose socket is gone opens one elsewhere, and sends the scan that was open there again, with its id; and
   * so it does when it is told `busy`.
   */
  async scanOn(client: GateClient, elsewhere: () => Promise<GateClient>): Promise<void> {
    let at = client;
    for (let scan = this.#queue.pop(); scan; scan = this.#queue.pop()) {
      this.sent.push(scan);
      let answer: ScanAnswer | undefined;
      do {
        answer = await Promise.race([at.scan(scan), at.closed.then(() => undefined)]);
        if (answer === undefined) at = await elsewhere();
      } while (answer?.type !== 'verdict');
      this.answered.set(scan.scanId, answer);
      this.#tellCount();
    }
    await at.close();
  }

  /** Ends when all is answered, or the gate says that it cannot, or the socket is gone. */
  async scanWith(client: GateClient): Promise<void> {
    const gone = client.closed.then(() => undefined);
    for (let scan = this.#queue.pop(); scan; scan = this.#queue.pop()) {
      this.sent.push(scan);
      const answer = await Promise.race([client.scan(scan), gone]);
      if (answer === undefined) return;
      this.answered.set(scan.scanId, answer);
      this.#tellCount();
      if (answer.type !== 'verdict') return;
    }
  }

  async untilAnswered(count: number): Promise<void> {
    while (this.answered.size < count) {
      await new Promise<void>((resolve) => (this.#tellCount = resolve));
    }
  }

  /** Those that got no verdict. */
  get open(): ScanRequest[] {
    return this.sent.filter(({ scanId }) => this.answered.get(scanId)?.type !== 'verdict');
  }
}

async function newCrowd(): Promise<Crowd> {
  const passes = await makePasses(db, event, event.types.once, crowdSize);
  return new Crowd(passes.map(({ token }) => newScan(token, event.north)));
}

async function openClients(port = realtime.port): Promise<GateClient[]> {
  return Promise.all(
    Array.from({ length: socketsCount }, () => GateClient.open(port, device.token)),
  );
}

async function storedVerdicts(): Promise<Map<string, string>> {
  const rows = await db.$client<{ scan_id: string; verdict: string }[]>`
    select scan_id, verdict from scans`;
  return new Map(rows.map((row) => [row.scan_id, row.verdict]));
}

async function expectNothingLost(crowd: Crowd): Promise<void> {
  const stored = await storedVerdicts();
  const lost = [...crowd.answered]
    .filter(([, answer]) => answer.type === 'verdict')
    .filter(([scanId, answer]) => stored.get(scanId) !== verdictOf(answer));
  expect(lost).toEqual([]);

  // What got no verdict is sent again: stored before or not, it is admitted once.
  const [client] = await openClients();
  assert(client);
  const answers = await Promise.all(crowd.open.map((scan) => client.judge(scan)));
  expect(answers.map(verdictOf)).toEqual(crowd.open.map(() => 'admitted'));
  await client.close();

  const venue = await loadVenue(db, event.eventId);
  assert(venue);
  expect(await auditLog(db, venue)).toEqual([]);
  const { counted, replayed } = await readOccupancy(db, venue);
  expect(counted).toEqual(replayed);
}

test('A-9, A-1: one of two realtime nodes is killed at the peak: its devices go on at the other, each open scan with its id, none lost or doubled', async () => {
  const other = await startRealtimeProcess(url);
  const crowd = await newCrowd();
  const elsewhere = () => GateClient.open(other.port, device.token);
  const clients = [...(await openClients()), ...(await openClients(other.port))];
  const scanning = clients.map((client) => crowd.scanOn(client, elsewhere));
  await crowd.untilAnswered(answersBefore);
  realtime.service.process.kill('SIGKILL');
  await Promise.all(scanning);

  expect(crowd.answered.size).toBe(crowdSize);
  expect(new Set([...crowd.answered.values()].map(verdictOf))).toEqual(new Set(['admitted']));
  const stored = await storedVerdicts();
  expect(crowd.sent.filter(({ scanId }) => stored.get(scanId) !== 'admitted')).toEqual([]);
  const [{ count } = { count: 0 }] = await db.$client<{ count: number }[]>`
    select count(*)::int as count from scans`;
  expect(count).toBe(stored.size);

  await realtime.service.ended;
  realtime = await startRealtimeProcess(url, { port: realtime.port });
  await expectNothingLost(crowd);
});

test('A-9, A-1: realtime is killed in the middle: every green answer is stored, and the rest can be sent again', async () => {
  const crowd = await newCrowd();
  const clients = await openClients();
  const scanning = clients.map((client) => crowd.scanWith(client));
  await crowd.untilAnswered(answersBefore);
  realtime.service.process.kill('SIGKILL');
  await Promise.all(scanning);
  expect(crowd.open.length).toBeGreaterThan(0);

  await realtime.service.ended;
  realtime = await startRealtimeProcess(url, { port: realtime.port });
  await expectNothingLost(crowd);
});

test('A-9, P-6: PostgreSQL is killed in the middle: devices are told, nothing answered is lost, and the gate is back by itself', async () => {
  const crowd = await newCrowd();
  const clients = await openClients();
  const scanning = clients.map((client) => crowd.scanWith(client));
  await crowd.untilAnswered(answersBefore);
  database.killServer();

  // The gate does not fall silent: what it cannot judge, it says so.
  await Promise.all(scanning);
  expect(crowd.open.map(({ scanId }) => crowd.answered.get(scanId)?.type)).toContain('busy');
  const ready = () => fetch(`http://127.0.0.1:${realtime.port}/readyz`);
  expect((await ready()).status).toBe(503);

  await database.startServer();
  const restartedAt = performance.now();
  const [client] = clients;
  const [pass] = await makePasses(db, event, event.types.once, 1);
  assert(client && pass);
  expect(verdictOf(await client.judge(newScan(pass.token, event.north)))).toBe('admitted');
  // Less than two seconds where nothing else runs.
  expect(performance.now() - restartedAt).toBeLessThan(5_000);
  while ((await ready()).status !== 200);

  await expectNothingLost(crowd);
  expect(realtime.service.process.exitCode).toBeNull();
});
