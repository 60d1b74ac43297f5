import { initSite, openDb } from '@catraca/db';
import { makeEvent, makeType, seatRow } from '@catraca/db/seed';
import { testDatabase } from '@catraca/db/testing';
import { afterAll, expect, test } from 'vitest';
import { StoreBoard } from './store-board.ts';

const { db, url } = await testDatabase();
await initSite(db, { number: 1, name: 'Test', kind: 'cloud' });
const event = await makeEvent(db, {}, new Date());
const seated = await makeType(db, event.id, { seats: seatRow(4) });

const asking = openDb(url, { connections: 1, name: 'asking' });
// The first one asks the database for its types, too.
await asking.$client`select 1`;
afterAll(() => asking.$client.end({ timeout: 1 }));

const hourMs = 3_600_000;

test.each([
  ['stock', 1, (board: StoreBoard) => board.stock(event.slug)],
  ['seats', 1, (board: StoreBoard) => board.seats(event.slug, seated.no)],
  ['taken seats', 1, (board: StoreBoard) => board.takenSeats(event.slug, seated.no)],
  ['event', 3, (board: StoreBoard) => board.event(event.slug)],
])('a crowd that asks for the %s costs %i questions', async (_, costs, ask) => {
  const questions: string[] = [];
  asking.$client.options.debug = (_, question) => questions.push(question);
  const board = new StoreBoard(asking, 1, hourMs);
  const crowd = await Promise.all(Array.from({ length: 50 }, () => ask(board)));
  crowd.push(await ask(board));
  expect(new Set(crowd).size).toBe(1);
  expect(questions).toHaveLength(costs);
});
