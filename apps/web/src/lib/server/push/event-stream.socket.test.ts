import { createServer } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { once } from 'node:events';
import { eventMessage, WaitingHalls, WaitingRooms, type EventReader } from '@catraca/api';
import { callPlaces, initSite, joinWaitingRoom, setWaitingRoom } from '@catraca/db';
import { makeEvent } from '@catraca/db/seed';
import { testDatabase } from '@catraca/db/testing';
import { setResponse } from '@sveltejs/kit/node';
import { afterEach, expect, test } from 'vitest';
import { eventStream, type Subscribe } from './event-stream.ts';

const { db } = await testDatabase();
await initSite(db, { number: 1, name: 'Test', kind: 'cloud' });

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

/** A server that answers everybody with this stream, as the web app's does. */
async function serve(subscribe: Subscribe): Promise<number> {
  const server = createServer((_, response) => setResponse(response, eventStream(subscribe)));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

/** Asks for the stream and has not read anything yet. */
async function connectTo(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1').pause().setEncoding('utf8');
  socket.on('error', () => {});
  closing.push(() => socket.destroy());
  await once(socket, 'connect');
  socket.write('GET / HTTP/1.1\r\nhost: localhost\r\n\r\n');
  return socket;
}

test('one who does not read the line is cut off, and another one beside them is not', async () => {
  const readers: EventReader[] = [];
  let gone = 0;
  const port = await serve((reader) => {
    readers.push(reader);
    return () => (gone += 1);
  });
  const slow = await connectTo(port);
  await expect.poll(() => readers.length).toBe(1);
  const quick = await connectTo(port);
  await expect.poll(() => readers.length).toBe(2);
  let heard = 0;
  quick.on('data', (text: string) => (heard += text.length)).resume();
  const message = eventMessage('change', 'x'.repeat(60_000));
  // What the kernel takes for a reader is some megabytes.
  for (let sent = 0; gone === 0 && sent < 1_000; sent++) {
    for (const reader of readers) reader.send(message);
    const told = heard;
    await expect.poll(() => heard, { interval: 1 }).toBeGreaterThan(told);
  }
  expect([gone, readers[0]?.isReady]).toEqual([1, false]);
  await expect.poll(() => readers[1]?.isReady).toBe(true);
  // When they read again they find out that the line is gone.
  slow.resume();
  await once(slow, 'close');
  quick.destroy();
  await expect.poll(() => gone).toBe(2);
});

const opensAt = new Date('2027-03-01T12:00:00Z');

/** Two who wait before an event. */
async function makeRoom() {
  const event = await makeEvent(db, {}, opensAt);
  const settings = { opensAt, perMinuteMax: 60, shoppersMax: 1, turnSeconds: 600 };
  await setWaitingRoom(db, event.id, settings);
  const requests = ['one', 'two'].map((name) => ({
    keyThumbprint: `${event.slug}-${name}`,
    networkKey: Buffer.from(name),
  }));
  const before = new Date(opensAt.getTime() - 60_000);
  const joined = await joinWaitingRoom(db, event.id, requests, before);
  return {
    slug: event.slug,
    ids: joined.map((result) => (result.ok ? result.place.publicId : '')),
  };
}

test('each who waits hears their own place on a line of their own', async () => {
  const { slug, ids } = await makeRoom();
  const failures: unknown[] = [];
  const halls = new WaitingHalls(db, new WaitingRooms(db), (error) => failures.push(error));
  const heard = await Promise.all(
    ids.map(async (id) => {
      const port = await serve((reader) => halls.watch(slug, id, reader));
      const lines: string[] = [];
      const socket = await connectTo(port);
      socket.on('data', (text: string) => lines.push(text)).resume();
      return lines;
    }),
  );
  const places = () =>
    heard.map((texts) => {
      const sent = [...texts.join('').matchAll(/event: place\ndata: (.*)\n/g)];
      return sent.map(([, data = '']) => (JSON.parse(data) as { kind: string }).kind);
    });
  const wait = { timeout: 5_000 };
  await expect.poll(places, wait).toEqual([['before_draw'], ['before_draw']]);
  await callPlaces(db, opensAt);
  await expect
    .poll(
      () =>
        places()
          .map((kinds) => kinds[1])
          .toSorted(),
      wait,
    )
    .toEqual(['called', 'waiting']);
  for (const texts of heard) expect(texts.join('')).toContain('event: room\n');
  expect(failures).toEqual([]);
});
