import { initSite, notify } from '@catraca/db';
import { makeDevice, makeSmallEvent } from '@catraca/db/gate/testing';
import { testDatabase } from '@catraca/db/testing';
import { expect, test } from 'vitest';
import { readMetric } from '../testing/read-metric.ts';
import { startTestRealtime } from '../testing/realtime.ts';
import { WallClient } from '../testing/wall-client.ts';
import { waitingBytesMax } from './watcher.ts';

const { db, url } = await testDatabase();
await initSite(db, { number: 1, name: 'test', kind: 'cloud' });
const { port } = await startTestRealtime(url);

/** So many, with such names, that a delta of all of them is large: the kernel's buffers take megabytes. */
const devices = 400;
const nameLength = 200;

const event = await makeSmallEvent(db);
await Promise.all(Array.from({ length: devices }, () => makeDevice(db, event)));

function named(round: number): string {
  return String(round).padEnd(nameLength, '.');
}

function shows(wall: WallClient, round: number): boolean {
  const all = [...wall.devices.values()];
  return all.length === devices && all.every(({ name }) => name === named(round));
}

/** Gives every device another name, of which one delta tells, and waits until a wall has read it. */
async function rename(round: number, reader: WallClient): Promise<void> {
  const id = String(event.eventId);
  await db.$client`update devices set name = ${named(round)} where event_id = ${id}`;
  await db.transaction((tx) => notify(tx, { kind: 'config', eventId: id }));
  await reader.until(() => shows(reader, round));
}

function snapshotsOf({ frames }: WallClient): number {
  return frames.filter(({ type }) => type === 'snapshot').length;
}

test('P-14: a wall that stops reading holds back no more than its share, and begins anew when it reads again', async () => {
  const steady = await WallClient.open(port, event.eventId);
  const slow = await WallClient.open(port, event.eventId);
  slow.socket.pause();

  const waiting: number[] = [];
  let round = 0;
  const next = async () => {
    await rename((round += 1), steady);
    waiting.push(await readMetric(port, 'catraca_live_waiting_bytes'));
  };
  while ((await readMetric(port, 'catraca_live_behind')) === 0) await next();
  const held = waiting.at(-1);
  for (let i = 0; i < 5; i++) await next();
  const largest = Math.max(...steady.frames.map((frame) => JSON.stringify(frame).length));
  expect(Math.max(...waiting)).toBeLessThan(waitingBytesMax + largest + 100);
  expect(waiting.slice(-5)).toEqual(Array(5).fill(held));

  const before = slow.frames.length;
  slow.socket.resume();
  await slow.until(() => shows(slow, round));
  expect(slow.frames.length).toBeGreaterThan(before);
  expect(snapshotsOf(slow)).toBe(2);
  await rename((round += 1), slow);
  expect(snapshotsOf(slow)).toBe(2);
  expect(snapshotsOf(steady)).toBe(1);
  await Promise.all([slow.close(), steady.close()]);
});
