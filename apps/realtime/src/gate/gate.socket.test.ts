import { revokeDevice } from '@catraca/db';
import { makeDevice, makePasses, makeSmallEvent } from '@catraca/db/gate/testing';
import { testDatabase } from '@catraca/db/testing';
import { scansPath } from '@catraca/protocol';
import { expect, test } from 'vitest';
import { GateClient, newScan, tally, verdictOf } from '../testing/gate-client.ts';
import { startTestRealtime } from '../testing/realtime.ts';

const { db, url } = await testDatabase();
const event = await makeSmallEvent(db);
const device = await makeDevice(db, event, { name: 'Handheld 1' });
const realtime = await startTestRealtime(url);

async function newToken(policy: keyof typeof event.types = 'once'): Promise<string> {
  const [pass] = await makePasses(db, event, event.types[policy], 1);
  return pass?.token ?? '';
}

test('a device is told who it is and where it may scan', async () => {
  const client = await GateClient.open(realtime.port, device.token);
  const hello = await client.hello();
  expect(hello).toMatchObject({
    device: { id: String(device.id), name: 'Handheld 1' },
    event: { id: String(event.eventId), timeZone: 'UTC' },
  });
  expect(hello.checkpoints.map(({ name, toArea }) => [name, toArea.name])).toEqual([
    ['North gate', 'Hall'],
    ['South gate', 'Hall'],
    ['Stage door', 'Stage'],
  ]);
  await client.close();
});

test('50 scans of one ticket over 50 sockets: one is admitted, 49 say when and where', async () => {
  const token = await newToken();
  const clients = await Promise.all(
    Array.from({ length: 50 }, () => GateClient.open(realtime.port, device.token)),
  );
  const answers = await Promise.all(
    clients.map((client) => client.scan(newScan(token, event.north))),
  );
  expect(tally(answers)).toEqual({ admitted: 1, already_used: 49 });
  const refused = answers.filter((answer) => verdictOf(answer) === 'already_used');
  for (const answer of refused) {
    expect(answer).toMatchObject({
      pass: { typeName: 'Type once', typeColor: '#336699', holderName: 'Holder 0', seat: null },
      first: { checkpointName: 'North gate' },
      areaName: 'Hall',
    });
  }
  await Promise.all(clients.map((client) => client.close()));
});

test('POST /v1/scans answers one scan with one answer and an array with an array', async () => {
  const token = await newToken('unlimited');
  const post = async (body: unknown, bearer = device.token) => {
    const response = await fetch(`http://127.0.0.1:${realtime.port}${scansPath}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${bearer}` },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
    return { status: response.status, body: await response.json() };
  };
  const one = newScan(token, event.north);
  expect(await post(one)).toMatchObject({
    status: 200,
    body: { type: 'verdict', scanId: one.scanId, verdict: 'admitted' },
  });
  const several = [newScan(token, event.south), { scanId: 5 }, newScan('x', event.south)];
  expect(await post(several)).toMatchObject({
    status: 200,
    body: [{ verdict: 'admitted' }, { type: 'refused' }, { verdict: 'unknown_code' }],
  });
  expect(await post('{')).toMatchObject({ status: 400, body: { code: 'malformed' } });
  expect(await post(one, 'stranger')).toMatchObject({
    status: 401,
    body: { code: 'unauthorized' },
  });
});

test('a device that is revoked is told and its socket closed', async () => {
  const lost = await makeDevice(db, event);
  const client = await GateClient.open(realtime.port, lost.token);
  await revokeDevice(db, lost.id, new Date());
  await client.next('revoked_device');
  expect(await client.closed).toBe(4403);
});
