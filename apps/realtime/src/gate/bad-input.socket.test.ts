import { revokeDevice } from '@catraca/db';
import { makeDevice, makePasses, makeSmallEvent } from '@catraca/db/gate/testing';
import { testDatabase } from '@catraca/db/testing';
import { closeCodes, gatePath, scanFrameBytesMax, scansPath } from '@catraca/protocol';
import { once } from 'node:events';
import { createConnection } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { GateClient, newScan } from '../testing/gate-client.ts';
import { countStored, startTestRealtime } from '../testing/realtime.ts';

const { db, url } = await testDatabase();
const event = await makeSmallEvent(db);
const other = await makeSmallEvent(db);
const device = await makeDevice(db, event);
const [pass] = await makePasses(db, event, event.types.unlimited, 1);
const token = pass?.token ?? '';
const { port } = await startTestRealtime(url);
const address = `127.0.0.1:${port}`;

const clients: GateClient[] = [];
afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.close()));
});

async function connect(): Promise<GateClient> {
  const client = await GateClient.open(port, device.token);
  clients.push(client);
  return client;
}

async function isStillServed(client: GateClient): Promise<void> {
  expect(await client.judge(newScan(token, event.north))).toMatchObject({ verdict: 'admitted' });
}

test('P-1, P-3: frames that are no messages are refused one by one, and the socket stays open', async () => {
  const client = await connect();
  const frames = ['', '{', 'null', '[]', '{"type":"scan"}', '{"type":"dance"}', '\u0000', '"scan"'];
  for (const frame of frames) client.send(frame);
  const { scanId } = newScan(token, event.north);
  client.send({ type: 'scan', scanId, code: 7 });
  const last = await client.next('refused', frames.length);
  expect(last).toMatchObject({ code: 'malformed', scanId });
  expect(client.heard.filter(({ type }) => type === 'refused')).toHaveLength(frames.length + 1);
  await isStillServed(client);
});

test('P-2: a frame over the limit is too_large, and what is far over it ends the socket', async () => {
  const client = await connect();
  client.send({ type: 'scan', ...newScan('x'.repeat(scanFrameBytesMax), event.north) });
  expect(await client.next('refused')).toMatchObject({ code: 'too_large' });
  await isStillServed(client);

  const flooding = await GateClient.open(port, device.token);
  flooding.send('x'.repeat(1024 * 1024));
  expect(await flooding.closed).toBeGreaterThanOrEqual(1006);
  await isStillServed(client);
});

test('P-1: bytes that are no text are refused', async () => {
  const client = await connect();
  client.socket.send(Buffer.from([0xff, 0xfe, 0x00]));
  expect(await client.next('refused')).toMatchObject({ code: 'malformed' });
});

test('P-6: a checkpoint that is not one of the event is refused and nothing is stored', async () => {
  const client = await connect();
  const scans = [
    newScan(token, other.north),
    { ...newScan(token, event.north), checkpointId: '9223372036854775807' },
  ];
  for (const scan of scans) {
    expect(await client.judge(scan)).toMatchObject({ type: 'refused', code: 'unknown_checkpoint' });
    expect(await countStored(db, scan)).toBe(0);
  }
});

test('A-7, A-5: a code of another event is a verdict, and stored', async () => {
  const [foreign] = await makePasses(db, other, other.types.once, 1);
  const client = await connect();
  const scan = newScan(foreign?.token ?? '', event.north);
  const answer = await client.judge(scan);
  expect(answer).toMatchObject({ verdict: 'wrong_event' });
  expect(answer).not.toHaveProperty('pass');
  expect(await countStored(db, scan)).toBe(1);
});

test('T-5: a code that was changed has a bad signature', async () => {
  const client = await connect();
  const forged = token.replace(/.$/, (last) => (last === '0' ? '1' : '0'));
  expect(await client.judge(newScan(forged, event.north))).toMatchObject({
    verdict: 'bad_signature',
  });
});

test('A-6, A-5: a device that may scan elsewhere only is not allowed, and the attempt is kept', async () => {
  const bound = await makeDevice(db, event, { checkpointIds: [event.south] });
  const client = await GateClient.open(port, bound.token);
  expect((await client.hello()).checkpoints.map(({ id }) => id)).toEqual([String(event.south)]);
  const scan = newScan(token, event.north);
  expect(await client.judge(scan)).toMatchObject({ verdict: 'device_not_allowed' });
  expect(await countStored(db, scan)).toBe(1);
  await client.close();
});

test('P-10: an unknown, an absent, an expired and a revoked token: the socket is closed with the reason', async () => {
  const expired = await makeDevice(db, event, { expiresAt: new Date(Date.now() - 1000) });
  const revoked = await makeDevice(db, event);
  await revokeDevice(db, revoked.id, new Date());

  expect(await new GateClient(port, 'stranger').closed).toBe(closeCodes.unauthorized);
  expect(await new GateClient(port, '').closed).toBe(closeCodes.unauthorized);
  expect(await new GateClient(port, expired.token).closed).toBe(closeCodes.unauthorized);
  const shutOut = new GateClient(port, revoked.token);
  await shutOut.next('revoked_device');
  expect(await shutOut.closed).toBe(closeCodes.revoked);
});

test('A-6: a token that runs out while its socket is open ends it', async () => {
  const brief = await makeDevice(db, event, { expiresAt: new Date(Date.now() + 1500) });
  const client = await GateClient.open(port, brief.token);
  expect(await client.closed).toBe(closeCodes.unauthorized);
});

test('P-10: the page of a stranger may not open a socket; a reader with a header may, without subprotocols', async () => {
  const stranger = new WebSocket(`ws://${address}${gatePath}`, {
    origin: 'https://elsewhere.example.test',
  });
  const [error] = (await once(stranger, 'error')) as [Error];
  expect(error.message).toContain('403');

  const reader = new WebSocket(`ws://${address}${gatePath}`, {
    headers: { authorization: `Bearer ${device.token}` },
  });
  const [hello] = (await once(reader, 'message')) as [Buffer];
  expect(JSON.parse(String(hello))).toMatchObject({ type: 'hello' });
  reader.close();
});

test('P-2, HTTP: a body that is too long, and a request that is broken off, change nothing', async () => {
  const response = await fetch(`http://${address}${scansPath}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${device.token}` },
    body: 'x'.repeat(500_000),
  });
  expect(response.status).toBe(413);
  expect(await response.json()).toMatchObject({ type: 'refused', code: 'too_large' });

  const line = createConnection(port, '127.0.0.1');
  line.write(`POST ${scansPath} HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\n{"half":`);
  line.destroy();
  await once(line, 'close');
  await isStillServed(await connect());
});

test('what is asked for elsewhere is not found, and health is told', async () => {
  const statusOf = async (path: string) => (await fetch(`http://${address}${path}`)).status;
  expect(await statusOf('/v2/scans')).toBe(404);
  expect(await statusOf('/healthz')).toBe(200);
  expect(await statusOf('/readyz')).toBe(200);
  const metrics = await (await fetch(`http://${address}/metrics`)).text();
  expect(metrics).toContain('catraca_gate_answers_total{answer="admitted"}');
});
