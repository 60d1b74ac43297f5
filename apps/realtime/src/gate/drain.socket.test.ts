import { makeDevice, makePasses, makeSmallEvent } from '@catraca/db/gate/testing';
import { testDatabase } from '@catraca/db/testing';
import { closeCodes, type ScanRequest } from '@catraca/protocol';
import { expect, test } from 'vitest';
import { GateClient, newScan, verdictOf } from '../testing/gate-client.ts';
import { startRealtimeProcess } from '../testing/processes.ts';

const socketsCount = 10;

const { db, url } = await testDatabase();
const event = await makeSmallEvent(db);
const device = await makeDevice(db, event);

test('P-9: after SIGTERM what was taken is answered, devices are sent elsewhere, and the process ends', async () => {
  const { port, service } = await startRealtimeProcess(url);
  const passes = await makePasses(db, event, event.types.once, 1_000);
  const scans = passes.map(({ token }) => newScan(token, event.north));
  const clients = await Promise.all(
    Array.from({ length: socketsCount }, () => GateClient.open(port, device.token)),
  );
  const sent: ScanRequest[] = [];
  for (const [i, scan] of scans.entries()) {
    sent.push(scan);
    void clients[i % socketsCount]?.scan(scan);
  }
  await clients[0]?.next('verdict');
  const startedAt = performance.now();
  service.process.kill('SIGTERM');

  await Promise.all(clients.map((client) => client.next('draining')));
  const codes = await Promise.all(clients.map((client) => client.closed));
  await service.ended;
  expect(performance.now() - startedAt).toBeLessThan(3_000);
  expect(service.process.exitCode).toBe(0);
  expect(new Set(codes)).toEqual(new Set([closeCodes.restarting]));

  // Each scan has its verdict, or was told busy and is not stored.
  const rows = await db.$client<{ scan_id: string }[]>`select scan_id from scans`;
  const stored = new Set(rows.map((row) => row.scan_id));
  const answers = new Map(clients.flatMap((client) => [...client.answers]));
  for (const { scanId } of sent) {
    expect([scanId, verdictOf(answers.get(scanId))]).toEqual([
      scanId,
      stored.has(scanId) ? 'admitted' : 'busy',
    ]);
  }
  await expect(fetch(`http://127.0.0.1:${port}/healthz`)).rejects.toThrow();
});
