import { eventMessage, type EventReader } from '@catraca/api';
import { expect, test } from 'vitest';
import { eventStream } from './event-stream.ts';

/** A stream, its reader as the server knows them, and how often they were said to have gone. */
function opened() {
  const readers: EventReader[] = [];
  const seen = { gone: 0 };
  const answer = eventStream((given) => {
    readers.push(given);
    return () => (seen.gone += 1);
  });
  const [reader] = readers;
  const body = answer.body?.getReader();
  if (!reader || !body) throw new Error('nobody was let in');
  const read = async () => new TextDecoder().decode((await body.read()).value);
  return { answer, reader, seen, read, body };
}

test('each message is an event of the stream, and whoever goes is not told any more', async () => {
  const { answer, reader, seen, read, body } = opened();
  expect(answer.headers.get('content-type')).toBe('text/event-stream');
  await read();
  reader.send(eventMessage('whole', '[1]'));
  expect(await read()).toBe('event: whole\ndata: [1]\n\n');
  await body.cancel();
  expect([seen.gone, reader.isReady]).toEqual([1, false]);
  reader.send(eventMessage('whole', '[2]'));
  reader.end();
  expect(seen.gone).toBe(1);
});

test('a crowd is told to come back within five seconds, each at a time of their own', async () => {
  const times = new Set<number>();
  for (let one = 0; one < 50; one++) {
    const { read, body } = opened();
    const [, ms = ''] = /^retry: (\d+)\n\n$/.exec(await read()) ?? [];
    expect(Number(ms)).toBeGreaterThanOrEqual(1_000);
    expect(Number(ms)).toBeLessThanOrEqual(5_000);
    times.add(Number(ms));
    await body.cancel();
  }
  expect(times.size).toBeGreaterThan(25);
});

test('one is ready when nothing waits for them', async () => {
  const { reader, read, body } = opened();
  await read();
  expect(reader.isReady).toBe(true);
  reader.send(eventMessage('place', '{}'));
  expect(reader.isReady).toBe(false);
  await read();
  expect(reader.isReady).toBe(true);
  await body.cancel();
});

test('one who does not read is cut off before much waits for them, and what waits is dropped', async () => {
  const { reader, seen, body } = opened();
  const message = eventMessage('whole', 'x'.repeat(100_000));
  let sent = 0;
  while (seen.gone === 0 && sent < 100) {
    reader.send(message);
    sent += 1;
  }
  expect(seen.gone).toBe(1);
  expect(sent * message.length).toBeLessThan(1_000_000);
  await expect(body.read()).rejects.toThrow('too far behind');
});

test('one message comes through however large it is', async () => {
  const { reader, read, body } = opened();
  reader.send(eventMessage('whole', 'x'.repeat(2_000_000)));
  await read();
  expect((await read()).length).toBeGreaterThan(2_000_000);
  await body.cancel();
});

test('one who is told too much at once has left when they have come', () => {
  let gone = 0;
  eventStream((reader) => {
    for (let sent = 0; sent < 3; sent++) reader.send(new Uint8Array(600_000));
    return () => (gone += 1);
  });
  expect(gone).toBe(1);
});

test('what was sent before the end is read', async () => {
  const { reader, seen, read, body } = opened();
  reader.send(eventMessage('closed', '{}'));
  reader.end();
  expect(seen.gone).toBe(1);
  await read();
  expect(await read()).toBe('event: closed\ndata: {}\n\n');
  expect((await body.read()).done).toBe(true);
});

test('a process has a number of streams, whatever they tell; who goes makes room', async () => {
  const streams = [];
  let answer = eventStream(() => () => {});
  while (answer.status === 200 && streams.length < 25_000) {
    streams.push(answer);
    answer = eventStream(() => () => {});
  }
  expect([answer.status, streams.length]).toEqual([503, 20_000]);
  await streams.pop()?.body?.cancel();
  answer = eventStream(() => () => {});
  expect(answer.status).toBe(200);
  for (const { body } of [...streams, answer]) await body?.cancel();
});
