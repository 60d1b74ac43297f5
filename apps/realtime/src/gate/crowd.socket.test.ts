import { makeDevice, makePasses, makeSmallEvent } from '@catraca/db/gate/testing';
import { testDatabase } from '@catraca/db/testing';
import { closeCodes } from '@catraca/protocol';
import { expect, test } from 'vitest';
import { GateClient, newScan, tally, verdictOf } from '../testing/gate-client.ts';
import { startRealtimeProcess } from '../testing/processes.ts';
import { readMetric } from '../testing/read-metric.ts';

const stormSockets = 5_000;
const mebibyte = 1024 * 1024;

/** A socket of ours takes some 10 kB; this is ten times as much. */
const stormBytesMax = 512 * mebibyte;

/** What waits for one reader is cut at 256 kB; the rest is what garbage there may be. */
const silentBytesMax = 150 * mebibyte;

const { db, url } = await testDatabase();
const event = await makeSmallEvent(db);
const device = await makeDevice(db, event);
const { port } = await startRealtimeProcess(url);

const memory = () => readMetric(port, 'process_resident_memory_bytes');

async function newScans(count: number) {
  const passes = await makePasses(db, event, event.types.once, count);
  return passes.map(({ token }) => newScan(token, event.north));
}

test('P-14: a client that never reads is dropped before it takes memory, and the others are served', async () => {
  const before = await memory();
  const honest = await GateClient.open(port, device.token);
  const silent = await GateClient.open(port, device.token);
  silent.socket.pause();
  const frame = JSON.stringify({ type: 'ping', at: 'x'.repeat(3_000) });
  // Kernels hold megabytes for a reader; then it is this process's turn.
  while ((await readMetric(port, 'catraca_gate_sockets')) > 1) {
    for (let i = 0; i < 5_000; i++) silent.send(frame);
    const [scan] = await newScans(1);
    if (scan) expect(verdictOf(await honest.judge(scan))).toBe('admitted');
  }
  expect((await memory()) - before).toBeLessThan(silentBytesMax);
  silent.socket.terminate();
  await silent.closed;
  await honest.close();
});

test('a storm of 5,000 sockets: each is told hello or to come later, memory is bounded, and scans are answered', async () => {
  const clients = Array.from({ length: stormSockets }, () => new GateClient(port, device.token));
  const outcomes = await Promise.all(
    clients.map((client) =>
      client.hello().then(
        () => 'hello' as const,
        () => client.closed,
      ),
    ),
  );
  const refused = outcomes.filter((outcome) => outcome !== 'hello');
  expect(new Set(refused).difference(new Set([closeCodes.tryLater]))).toEqual(new Set());
  expect(refused.length).toBeLessThan(stormSockets);
  expect(await memory()).toBeLessThan(stormBytesMax);

  const scanning = clients.filter((_, i) => outcomes[i] === 'hello').slice(-500);
  const scans = await newScans(scanning.length);
  const answers = await Promise.all(scans.flatMap((scan, i) => scanning[i]?.judge(scan) ?? []));
  expect(tally(answers)).toEqual({ admitted: scanning.length });
  for (const { socket } of clients) socket.terminate();
  await Promise.all(clients.map(({ closed }) => closed));
});
