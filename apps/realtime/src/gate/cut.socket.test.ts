import { loadVenue } from '@catraca/db/gate';
import { auditLog, makeDevice, makePasses, makeSmallEvent } from '@catraca/db/gate/testing';
import { testDatabase } from '@catraca/db/testing';
import assert from 'node:assert/strict';
import { expect, test } from 'vitest';
import { GateClient, newScan, verdictOf } from '../testing/gate-client.ts';
import { startTestRealtime } from '../testing/realtime.ts';
import { startProxy } from '../testing/tcp-proxy.ts';

const { db, url } = await testDatabase();
const event = await makeSmallEvent(db);
const device = await makeDevice(db, event);
const line = await startProxy(url);
const { port } = await startTestRealtime(line.url);

test('A-9, P-6: the line to the database goes dead: devices are told, and the gate comes back on new connections', async () => {
  const passes = await makePasses(db, event, event.types.once, 3);
  const [first, second, third] = passes.map(({ token }) => newScan(token, event.north));
  assert(first && second && third);
  const client = await GateClient.open(port, device.token);
  expect(verdictOf(await client.scan(first))).toBe('admitted');

  line.cut();
  expect(verdictOf(await client.scan(second))).toBe('busy');
  // As many questions as there are connections wait for an answer that will not come.
  const asked = Array.from({ length: 5 }, () => fetch(`http://127.0.0.1:${port}/readyz`));
  for (const { status } of await Promise.all(asked)) expect(status).toBe(503);

  line.mend();
  expect(verdictOf(await client.judge(second))).toBe('admitted');
  expect(verdictOf(await client.judge(third))).toBe('admitted');
  expect(verdictOf(await client.judge(first))).toBe('admitted');
  // It hears the other processes and asks the database again, on new lines.
  while ((await fetch(`http://127.0.0.1:${port}/readyz`)).status !== 200);

  const venue = await loadVenue(db, event.eventId);
  assert(venue);
  expect(await auditLog(db, venue)).toEqual([]);
  await client.close();
});
