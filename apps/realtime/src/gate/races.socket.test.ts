import { loadVenue } from '@catraca/db/gate';
import {
  auditLog,
  makeDevice,
  makePasses,
  makeSmallEvent,
  readOccupancy,
  type SmallEvent,
  type TestPass,
} from '@catraca/db/gate/testing';
import { testDatabase } from '@catraca/db/testing';
import type { ScanAnswer, ScanRequest } from '@catraca/protocol';
import assert from 'node:assert/strict';
import { expect, test } from 'vitest';
import { GateClient, newScan, tally, verdictOf } from '../testing/gate-client.ts';
import { startRealtimeProcess } from '../testing/processes.ts';

const processCounts = [2, 4, 8] as const;
const socketsInAll = 32;
const scansPerSocket = 100;
const passesPerPolicy = 20;
const stageCapacity = 12;

/** Every tenth scan goes to two processes at the same time: a device that lost its line does that. */
const resendEvery = 10;

const { db, url } = await testDatabase();
// The first event makes the site, which realtime asks for when it starts.
const firstEvent = await makeSmallEvent(db, { stageCapacity });
const gates = await Promise.all(
  Array.from({ length: Math.max(...processCounts) }, () => startRealtimeProcess(url)),
);

/** The same walk each time. */
function drawer(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

interface Asked {
  readonly scan: ScanRequest;
  readonly answer: ScanAnswer;
}

async function walk(
  event: SmallEvent,
  clients: readonly GateClient[],
  own: GateClient,
  passes: readonly TestPass[],
  draw: (below: number) => number,
): Promise<Asked[]> {
  const points = [event.north, event.south, event.stageDoor] as const;
  const asked: Asked[] = [];
  for (let i = 0; i < scansPerSocket; i++) {
    const pass = passes[draw(passes.length)];
    const point = points[draw(points.length)];
    assert(pass && point);
    const code = draw(4) === 0 ? pass.barcode : pass.token;
    const scan = newScan(code, point, draw(5) < 3 ? 'entry' : 'exit');
    const other = clients[draw(clients.length)] ?? own;
    const askers = i % resendEvery === 0 && other !== own ? [own, other] : [own];
    const answers = await Promise.all(askers.map((client) => client.judge(scan)));
    asked.push(...answers.map((answer) => ({ scan, answer })));
  }
  return asked;
}

/** 100 hot passes of an event, scanned on so many processes at the same time. */
async function race(event: SmallEvent, processes: number) {
  const device = await makeDevice(db, event);
  const venue = await loadVenue(db, event.eventId);
  assert(venue);
  const passes: TestPass[] = [];
  for (const typeId of Object.values(event.types)) {
    passes.push(...(await makePasses(db, event, typeId, passesPerPolicy)));
  }
  const clients = await Promise.all(
    gates
      .slice(0, processes)
      .flatMap(({ port }) =>
        Array.from({ length: socketsInAll / processes }, () => GateClient.open(port, device.token)),
      ),
  );
  const walks = clients.map((client, i) => walk(event, clients, client, passes, drawer(i + 1)));
  const asked = (await Promise.all(walks)).flat();
  await Promise.all(clients.map((client) => client.close()));
  return { venue, asked };
}

test.each(processCounts)(
  'A-1, A-10, A-60, A-63, A-71, A-72: %i processes on 100 hot passes of every policy, with scans sent twice: the log is legal and is what was answered',
  async (processes) => {
    const event = await makeSmallEvent(db, { stageCapacity });
    const { venue, asked } = await race(event, processes);
    const rows = await db.$client<{ scan_id: string; verdict: string }[]>`
      select scan_id, verdict from scans where event_id = ${String(event.eventId)}`;
    const stored = new Map(rows.map((row) => [row.scan_id, row.verdict]));
    const wrong = asked.filter(({ scan, answer }) => stored.get(scan.scanId) !== verdictOf(answer));
    expect(wrong).toEqual([]);
    expect(rows.length).toBe(new Set(asked.map(({ scan }) => scan.scanId)).size);
    expect(await auditLog(db, venue)).toEqual([]);

    const { counted, replayed } = await readOccupancy(db, venue);
    expect(counted).toEqual(replayed);
    expect(counted.get(event.stage)).toBeLessThanOrEqual(stageCapacity);

    // The walk met what it was made for.
    const counts = tally(asked.map(({ answer }) => answer));
    for (const verdict of ['admitted', 'exited', 'already_used', 'already_inside', 'area_full']) {
      expect(counts[verdict], verdict).toBeGreaterThan(0);
    }
  },
);

test('A-72, control: without the unique key the same race of two processes leaves an illegal log, and the auditor sees it', async () => {
  await db.execute('drop index scans_crossing');
  await db.execute('create index scans_crossing on scans (pass_id, crossing_no)');
  const { venue } = await race(firstEvent, 2);
  expect((await auditLog(db, venue)).map(({ problem }) => problem)).toContain('gap');
});
