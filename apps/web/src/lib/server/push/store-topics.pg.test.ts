import { StoreBoard, type EventReader } from '@catraca/api';
import { initSite, openDb } from '@catraca/db';
import { makeEvent, makeType, seatRow } from '@catraca/db/seed';
import { testDatabase } from '@catraca/db/testing';
import { afterAll, expect, test } from 'vitest';
import { StoreTopics } from './store-topics.ts';

const { db, url } = await testDatabase();
await initSite(db, { number: 1, name: 'Test', kind: 'cloud' });
const event = await makeEvent(db, {}, new Date());
const plain = await makeType(db, event.id, { units: 50 });
const seated = await makeType(db, event.id, { seats: seatRow(4) });

const asking = openDb(url, { connections: 1, name: 'asking' });
const questions: string[] = [];
asking.$client.options.debug = (_, question) => questions.push(question);
// The first one asks the database for its types, too.
await asking.$client`select 1`;
afterAll(() => asking.$client.end({ timeout: 1 }));

/** Nothing is remembered: each question is seen. */
const topics = new StoreTopics(new StoreBoard(asking, 1, 0));

/** Two readings of a topic. */
const twoReadingsMs = 1_100;

function quiet(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

test('what the shop does not have is asked for once, and begins nothing', async () => {
  questions.length = 0;
  for (let made = 0; made < 20; made++) {
    expect(await topics.stock(`made-up-${made}`)).toBeUndefined();
    expect(await topics.seats(`made-up-${made}`, seated.no)).toBeUndefined();
  }
  expect(questions).toHaveLength(40);
  questions.length = 0;
  for (const typeNo of [plain.no, seated.no + 100, 0, -1, 1.5, Number.NaN, Infinity]) {
    expect(await topics.seats(event.slug, typeNo)).toBeUndefined();
  }
  expect(questions.filter((question) => question.includes('seat_claims'))).toEqual([]);
  questions.length = 0;
  await quiet(twoReadingsMs);
  expect(questions).toEqual([]);
});

test('what it has is read while somebody looks, once for all of them, and not after', async () => {
  const heard: string[] = [];
  const reader: EventReader = {
    isReady: true,
    send: (message) => void heard.push(new TextDecoder().decode(message)),
    end: () => {},
  };
  const stock = await topics.stock(event.slug);
  const seats = await topics.seats(event.slug, seated.no);
  const leave = [stock, stock, seats, seats].map((subscribe) => subscribe?.({ ...reader }));
  await expect.poll(() => heard.length).toBe(4);
  expect(heard.filter((message) => message === 'event: whole\ndata: []\n\n')).toHaveLength(2);
  questions.length = 0;
  await quiet(twoReadingsMs);
  // Two or three readings of each, and not of each reader.
  expect(questions.length).toBeGreaterThanOrEqual(4);
  expect(questions.length).toBeLessThanOrEqual(6);
  for (const go of leave) go?.();
  await expect.poll(() => asking.$client.unsafe('select 1')).toHaveLength(1);
  questions.length = 0;
  await quiet(twoReadingsMs);
  expect(questions).toEqual([]);
});
