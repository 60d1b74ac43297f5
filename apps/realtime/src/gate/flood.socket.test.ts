import { makeDevice, makePasses, makeSmallEvent } from '@catraca/db/gate/testing';
import { testDatabase } from '@catraca/db/testing';
import { type ScanAnswer, scansPath } from '@catraca/protocol';
import { expect, test } from 'vitest';
import { GateClient, newScan, tally, verdictOf } from '../testing/gate-client.ts';
import { startTestRealtime } from '../testing/realtime.ts';

const perSecond = 50;
const burst = 200;
const honestDevices = 10;
const scansEach = 40;
/** A device that went mad sends the next as soon as it was answered, so many at the same time on each of its sockets. */
const floodScans = 10_000;
const floodOpen = 80;

const { db, url } = await testDatabase();
const event = await makeSmallEvent(db);
const { port } = await startTestRealtime(url, { perSecond, burst });

async function newTokens(count: number): Promise<string[]> {
  const passes = await makePasses(db, event, event.types.once, count);
  return passes.map(({ token }) => token);
}

/** Scans one after the other, as a person does; each is sent once. */
async function scanOneByOne(tokens: readonly string[]): Promise<(string | undefined)[]> {
  const device = await makeDevice(db, event);
  const client = await GateClient.open(port, device.token);
  const verdicts: (string | undefined)[] = [];
  for (const token of tokens)
    verdicts.push(verdictOf(await client.scan(newScan(token, event.north))));
  await client.close();
  return verdicts;
}

async function flood(token: string): Promise<Record<string, number>> {
  const sockets = await Promise.all([1, 2].map(() => GateClient.open(port, token)));
  const answers: ScanAnswer[] = [];
  let sent = 0;
  const scanOn = async (client: GateClient) => {
    while (sent++ < floodScans) answers.push(await client.scan(newScan('stranger', event.north)));
  };
  await Promise.all(
    sockets.flatMap((client) => Array.from({ length: floodOpen }, () => scanOn(client))),
  );
  await Promise.all(sockets.map((client) => client.close()));
  return tally(answers);
}

test('P-6: a device that sends 10,000 scans as fast as it can is told busy beyond its share, and nobody beside it is', async () => {
  const mad = await makeDevice(db, event);
  const tokens = await newTokens(honestDevices * scansEach);
  const startedAt = performance.now();
  const flooding = flood(mad.token);
  const honest = await Promise.all(
    Array.from({ length: honestDevices }, (_, i) =>
      scanOneByOne(tokens.slice(i * scansEach, (i + 1) * scansEach)),
    ),
  );
  expect(honest.flat()).toEqual(tokens.map(() => 'admitted'));

  const answers = await flooding;
  const seconds = (performance.now() - startedAt) / 1000;
  expect(Object.keys(answers).toSorted()).toEqual(['busy', 'unknown_code']);
  expect((answers['busy'] ?? 0) + (answers['unknown_code'] ?? 0)).toBe(floodScans);
  expect(answers['unknown_code']).toBeLessThanOrEqual(burst + seconds * perSecond);
  const metrics = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  expect(Number(/^catraca_gate_limited_total (\d+)/m.exec(metrics)?.[1])).toBeGreaterThan(0);
});

test('P-6, P-7: a device that was offline brings its queue, over HTTP as well, and what is beyond its share is busy in its place', async () => {
  const device = await makeDevice(db, event);
  const tokens = await newTokens(burst);
  const post = async (scans: unknown) => {
    const response = await fetch(`http://127.0.0.1:${port}${scansPath}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${device.token}` },
      body: JSON.stringify(scans),
    });
    return (await response.json()) as { type: string; verdict?: string }[];
  };
  const scans = tokens.map((token) => newScan(token, event.north));
  const half = burst / 2;
  const answers = [...(await post(scans.slice(0, half))), ...(await post(scans.slice(half)))];
  expect(answers.map(({ verdict }) => verdict)).toEqual(tokens.map(() => 'admitted'));

  const beyond = Array.from({ length: 100 }, () => newScan('stranger', event.north));
  const more = await post(beyond);
  expect(more).toHaveLength(100);
  expect(more.map(({ type }) => type)).toContain('busy');
});
