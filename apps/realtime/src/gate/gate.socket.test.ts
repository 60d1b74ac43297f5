import { notify, revokeDevice } from '@catraca/db';
import { makeDevice, makePasses, makeSmallEvent } from '@catraca/db/gate/testing';
import { testDatabase } from '@catraca/db/testing';
import { closeCodes, scansPath } from '@catraca/protocol';
import { expect, test } from 'vitest';
import { GateClient, newScan, tally, verdictOf } from '../testing/gate-client.ts';
import { countStored, startTestRealtime } from '../testing/realtime.ts';

const { db, url } = await testDatabase();
const event = await makeSmallEvent(db);
const device = await makeDevice(db, event, { name: 'Handheld 1' });
const { port } = await startTestRealtime(url);

async function newToken(policy: keyof typeof event.types = 'once'): Promise<string> {
  const [pass] = await makePasses(db, event, event.types[policy], 1);
  return pass?.token ?? '';
}

test('P-8: a device is told who it is and where it may scan, and can ask for the time', async () => {
  const client = await GateClient.open(port, device.token);
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
  const at = '2027-05-01T09:30:00.000Z';
  client.send({ type: 'ping', at });
  expect(await client.next('pong')).toMatchObject({ at });
  await client.close();
});

test('A-20, A-72: 50 scans of one ticket over 50 sockets: one is admitted, 49 say when and where', async () => {
  const token = await newToken();
  const clients = await Promise.all(
    Array.from({ length: 50 }, () => GateClient.open(port, device.token)),
  );
  const answers = await Promise.all(
    clients.map((client) => client.judge(newScan(token, event.north))),
  );
  expect(tally(answers)).toEqual({ admitted: 1, already_used: 49 });
  const admitted = answers.find((answer) => verdictOf(answer) === 'admitted');
  for (const answer of answers.filter((one) => one !== admitted)) {
    expect(answer).toMatchObject({
      pass: { typeName: 'Type once', typeColor: '#336699', holderName: 'Holder 0', seat: null },
      first: { at: admitted?.type === 'verdict' && admitted.at, checkpointName: 'North gate' },
      areaName: 'Hall',
    });
  }
  await Promise.all(clients.map((client) => client.close()));
});

test('A-1: the same scan again, on a new socket and over HTTP, has the same answer to the letter', async () => {
  const scan = newScan(await newToken(), event.north);
  const first = await GateClient.open(port, device.token);
  const answer = await first.judge(scan);
  await first.close();
  const second = await GateClient.open(port, device.token);
  const later = newScan(scan.code, event.south);

  expect(answer).toMatchObject({ verdict: 'admitted' });
  expect(await second.judge(later)).toMatchObject({ verdict: 'already_used' });
  expect(await second.judge(scan)).toEqual(answer);
  expect((await post(scan)).body).toEqual(answer);
  expect(await countStored(db, scan)).toBe(1);
  await second.close();
});

async function post(body: unknown, bearer = device.token) {
  const response = await fetch(`http://127.0.0.1:${port}${scansPath}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${bearer}` },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return { status: response.status, body: (await response.json()) as unknown };
}

test('P-7: POST /v1/scans answers one scan with one answer and an array with an array', async () => {
  const token = await newToken('unlimited');
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

test('A-6: a device that is revoked is told and its socket closed, and HTTP knows it too', async () => {
  const lost = await makeDevice(db, event);
  const client = await GateClient.open(port, lost.token);
  expect((await post(newScan('x', event.north), lost.token)).status).toBe(200);
  const startedAt = performance.now();
  await revokeDevice(db, lost.id, new Date());
  await client.next('revoked_device');
  expect(await client.closed).toBe(closeCodes.revoked);
  expect(performance.now() - startedAt).toBeLessThan(1_000);
  expect((await post(newScan('x', event.north), lost.token)).status).toBe(401);
});

test('P-8, V-4: a change of the event reaches the device, and the rules change with it', async () => {
  const client = await GateClient.open(port, device.token);
  const token = await newToken('reentry');
  await db.$client`update checkpoints set name = 'Gate N', directions = 'exit' where id = ${String(event.north)}`;
  await db.transaction((tx) => notify(tx, { kind: 'config', eventId: String(event.eventId) }));
  await client.next('config_changed');
  const hello = await client.next('hello', 1);
  expect(hello.checkpoints.find(({ id }) => id === String(event.north))).toMatchObject({
    name: 'Gate N',
    directions: 'exit',
  });
  expect(await client.judge(newScan(token, event.north))).toMatchObject({
    verdict: 'device_not_allowed',
  });
  await client.close();
});

test('the answer names the seat', async () => {
  const [pass] = await makePasses(db, event, event.types.once, 1);
  const [seat] = await db.$client<{ id: string }[]>`
    insert into seats (event_id, type_id, site, section, "row", number, x, y)
    values (${String(event.eventId)}, ${String(event.types.once)}, 1, 'Stalls', 'F', 12, 0, 0)
    returning id::text`;
  await db.$client`update passes set seat_id = ${seat?.id ?? ''} where id = ${String(pass?.passId)}`;
  const client = await GateClient.open(port, device.token);
  const answer = await client.judge(newScan(pass?.token ?? '', event.south));
  expect(answer).toMatchObject({ verdict: 'admitted', pass: { seat: 'Stalls · F · 12' } });
  await client.close();
});
