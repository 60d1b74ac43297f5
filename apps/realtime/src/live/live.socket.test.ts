import { initSite, notify } from '@catraca/db';
import { makeDevice, makePasses, makeSmallEvent, type SmallEvent } from '@catraca/db/gate/testing';
import { testDatabase } from '@catraca/db/testing';
import { signLiveTicket } from '@catraca/domain/live-ticket';
import { closeCodes, liveDeltaIntervalMs } from '@catraca/protocol';
import { expect, test } from 'vitest';
import { GateClient, newScan } from '../testing/gate-client.ts';
import { countedBy, scansPerVisit, shownBy, visitAll } from '../testing/counted.ts';
import { startRealtimeProcess } from '../testing/processes.ts';
import { startTestRealtime, testSecret } from '../testing/realtime.ts';
import { WallClient } from '../testing/wall-client.ts';

const { db, url } = await testDatabase();
await initSite(db, { number: 1, name: 'test', kind: 'cloud' });
const one = await startTestRealtime(url);
const other = await startTestRealtime(url);

async function tokensOf(event: SmallEvent, count: number): Promise<string[]> {
  const passes = await makePasses(db, event, event.types.reentry, count);
  return passes.map(({ token }) => token);
}

test('A-63, P-11: a wall shows the database’s numbers, under load from two processes and after a reconnect in the middle', async () => {
  const event = await makeSmallEvent(db);
  const device = await makeDevice(db, event);
  const clients = await Promise.all(
    [one, other, one, other, one, other].map(({ port }) => GateClient.open(port, device.token)),
  );
  const steady = await WallClient.open(one.port, event.eventId);
  let shaky = await WallClient.open(other.port, event.eventId);
  const tokens = await tokensOf(event, 120);
  const scans = tokens.length * scansPerVisit;
  const startedAt = performance.now();
  const visiting = visitAll(clients, event, tokens);

  await shaky.until(() => shaky.scans > scans / 3);
  await shaky.close();
  await steady.until(() => steady.scans > scans / 2);
  shaky = await WallClient.open(other.port, event.eventId, shaky);
  expect(shaky.frames[0]?.type).toBe('delta');
  const late = await WallClient.open(other.port, event.eventId);
  // Each makes both rooms count anew in the middle of it all.
  for (let told = 0; told < 20; told++) {
    const notice = { kind: 'config', eventId: String(event.eventId) } as const;
    await db.transaction((tx) => notify(tx, notice));
    await steady.until(() => steady.scans > scans * (0.5 + told / 50));
  }
  await visiting;

  const counted = await countedBy(db, event);
  expect(counted.totals.admitted + counted.totals.exited + counted.totals.refused).toBe(scans);
  const walls = [steady, shaky, late];
  await Promise.all(walls.map((wall) => wall.untilQuiet()));
  for (const wall of walls) expect(shownBy(wall)).toEqual(counted);
  const frames = steady.frames.length - 1;
  expect(frames).toBeLessThanOrEqual((performance.now() - startedAt) / liveDeltaIntervalMs + 1);
  await Promise.all([steady, shaky, late, ...clients].map((client) => client.close()));
});

test('a wall shows each scan without a word about the person, and which devices are there', async () => {
  const event = await makeSmallEvent(db);
  const device = await makeDevice(db, event, { name: 'Handheld 7' });
  const [token = ''] = await tokensOf(event, 1);
  const wall = await WallClient.open(other.port, event.eventId);
  const seen = () => wall.devices.get(String(device.id));
  expect(seen()).toMatchObject({ name: 'Handheld 7', online: false, checkpointId: null });

  const client = await GateClient.open(one.port, device.token);
  await wall.until(() => seen()?.online === true);
  const scan = newScan(token, event.north);
  await client.judge(scan);
  await wall.until(() => wall.feed.length > 0);
  expect(wall.feed).toEqual([
    {
      scanId: scan.scanId,
      at: expect.any(String) as string,
      checkpointId: String(event.north),
      deviceId: String(device.id),
      verdict: 'admitted',
      typeName: 'Type reentry',
    },
  ]);
  await wall.until(() => seen()?.checkpointId === String(event.north));
  await client.close();
  await wall.until(() => seen()?.online === false);
  expect(JSON.stringify(wall.frames)).not.toContain('Holder');
  await wall.close();
});

test('P-11: a wall that comes back is told what it missed; with a cursor from elsewhere it starts anew', async () => {
  const event = await makeSmallEvent(db);
  const device = await makeDevice(db, event);
  const client = await GateClient.open(one.port, device.token);
  const first = await WallClient.open(one.port, event.eventId);
  await first.close();
  await client.judge(newScan('stranger', event.north));

  const second = await WallClient.open(one.port, event.eventId, first);
  await second.until(() => second.totals.refused === 1);
  expect(second.frames.map(({ type }) => type)).not.toContain('snapshot');

  const moved = await WallClient.open(other.port, event.eventId, second);
  expect(moved.frames[0]).toMatchObject({ type: 'snapshot', totals: { refused: 1 } });
  await Promise.all([second, moved, client].map((socket) => socket.close()));
});

test('P-12: a wall gets a new picture when a device is gone from the event', async () => {
  const event = await makeSmallEvent(db);
  const device = await makeDevice(db, event);
  const wall = await WallClient.open(one.port, event.eventId);
  expect(wall.devices.size).toBe(1);
  await db.$client`update devices set state = 'revoked' where id = ${String(device.id)}`;
  const notice = JSON.stringify({ kind: 'device', deviceId: String(device.id) });
  await db.$client`select pg_notify('catraca', ${notice})`;
  await wall.until(() => wall.devices.size === 0);
  expect(wall.frames.at(-1)?.type).toBe('snapshot');
  await wall.close();
});

test('A-63: when another process is killed, the walls still come to the database’s numbers', async () => {
  const event = await makeSmallEvent(db);
  const device = await makeDevice(db, event);
  const doomed = await startRealtimeProcess(url);
  const wall = await WallClient.open(one.port, event.eventId);
  const clients = await Promise.all(
    Array.from({ length: 4 }, () => GateClient.open(doomed.port, device.token)),
  );
  const seen = () => wall.devices.get(String(device.id))?.online;
  await wall.until(() => seen() === true);
  const tokens = await tokensOf(event, 200);
  void visitAll(clients, event, tokens);
  await wall.until(() => wall.scans > 50);
  doomed.service.process.kill('SIGKILL');
  await Promise.all(clients.map((client) => client.closed));

  await wall.until(() => seen() === false);
  const { totals, areas } = await countedBy(db, event);
  await wall.until(() => wall.scans >= totals.admitted + totals.exited + totals.refused);
  const shown = shownBy(wall);
  expect({ totals: shown.totals, areas: shown.areas }).toEqual({ totals, areas });
  await wall.close();
});

test('P-10: an expired, a forged and a missing ticket open nothing', async () => {
  const event = await makeSmallEvent(db);
  const ticket = { eventId: event.eventId, memberId: 'm' };
  const now = new Date();
  const hourAgo = new Date(now.getTime() - 3_600_000);
  const tickets = [
    await signLiveTicket(ticket, testSecret, hourAgo),
    await signLiveTicket(ticket, 'cd'.repeat(32), now),
    'no.ticket.atall',
    '',
  ];
  for (const text of tickets) {
    const wall = new WallClient(one.port, text);
    expect(await wall.closed).toBe(closeCodes.unauthorized);
    expect(wall.frames).toEqual([]);
  }
});

test('M-8 a member whose standing changed is let go, and comes back with a newer ticket only', async () => {
  const event = await makeSmallEvent(db);
  const ticketOf = (memberId: string) =>
    signLiveTicket({ eventId: event.eventId, memberId }, testSecret, new Date());
  const [older, others] = [await ticketOf('dismissed'), await ticketOf('another')];
  const [wall, other] = [new WallClient(one.port, older), new WallClient(one.port, others)];
  await Promise.all([wall, other].map((each) => each.until(() => each.frames.length > 0)));
  await db.transaction((tx) => notify(tx, { kind: 'member', memberId: 'dismissed' }));
  expect(await wall.closed).toBe(closeCodes.unauthorized);
  expect(await new WallClient(one.port, older).closed).toBe(closeCodes.unauthorized);
  const again = new WallClient(one.port, await ticketOf('dismissed'), wall);
  await again.until(() => again.frames.length > 0);
  expect(other.socket.readyState).toBe(other.socket.OPEN);
});

test('P-1: a frame that is no message does not end a wall', async () => {
  const event = await makeSmallEvent(db);
  const wall = await WallClient.open(one.port, event.eventId);
  const before = wall.frames.length;
  const answered = new Promise<string>((resolve) => {
    wall.socket.removeAllListeners('message');
    wall.socket.once('message', (data: Buffer) => resolve(String(data)));
  });
  wall.socket.send('{"type":"dance"}');
  expect(JSON.parse(await answered)).toMatchObject({ type: 'refused', code: 'malformed' });
  expect(before).toBeGreaterThan(0);
  await wall.close();
});
