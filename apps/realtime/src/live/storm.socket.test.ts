import { isDeepStrictEqual } from 'node:util';
import { initSite } from '@catraca/db';
import { makeDevice, makePasses, makeSmallEvent } from '@catraca/db/gate/testing';
import { testDatabase } from '@catraca/db/testing';
import { expect, test } from 'vitest';
import { countedBy, shownBy, visitAll } from '../testing/counted.ts';
import { GateClient } from '../testing/gate-client.ts';
import { readMetric } from '../testing/read-metric.ts';
import { startTestRealtime } from '../testing/realtime.ts';
import { WallClient } from '../testing/wall-client.ts';

const { db, url } = await testDatabase();
await initSite(db, { number: 1, name: 'test', kind: 'cloud' });

const wallsCount = 250;

/** A count that is under way when the walls come is counted once more after it. */
const countsMax = 2;

test('a storm of walls: all come back at once, are current, and the event is counted once for all', async () => {
  const [one, other] = [await startTestRealtime(url), await startTestRealtime(url)];
  const event = await makeSmallEvent(db);
  const device = await makeDevice(db, event);
  const client = await GateClient.open(one.port, device.token);
  const tokens = (await makePasses(db, event, event.types.reentry, 30)).map(({ token }) => token);
  const openAll = (port: number, before: (i: number) => WallClient | undefined) =>
    Promise.all(
      Array.from({ length: wallsCount }, (_, i) => WallClient.open(port, event.eventId, before(i))),
    );
  const allCurrent = async (walls: readonly WallClient[]) => {
    const counted = await countedBy(db, event);
    const isCurrent = (wall: WallClient) => isDeepStrictEqual(shownBy(wall), counted);
    await Promise.all(walls.map((wall) => wall.until(() => isCurrent(wall))));
  };
  const counts = (port: number) => readMetric(port, 'catraca_live_counts_total');

  const walls = await openAll(one.port, () => undefined);
  expect(await counts(one.port)).toBeLessThanOrEqual(countsMax);
  for (const wall of walls) wall.socket.terminate();
  await Promise.all(walls.map((wall) => wall.closed));

  // Half of them come back to where they were, half know nothing; all while people go through the gates.
  const before = await counts(one.port);
  const visiting = visitAll([client], event, tokens);
  const back = await openAll(one.port, (i) => (i % 2 === 0 ? walls[i] : undefined));
  await visiting;
  await allCurrent(back);
  expect((await counts(one.port)) - before).toBeLessThanOrEqual(countsMax);

  // Their process is gone: all go to another, with a cursor that means nothing there.
  for (const wall of back) wall.socket.terminate();
  await Promise.all(back.map((wall) => wall.closed));
  const moved = await openAll(other.port, (i) => back[i]);
  await allCurrent(moved);
  expect(moved.every(({ frames }) => frames[0]?.type === 'snapshot')).toBe(true);
  expect(await counts(other.port)).toBeLessThanOrEqual(countsMax);
  await Promise.all([...moved, client].map((socket) => socket.close()));
});
