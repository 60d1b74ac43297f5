import {
  callPlaces,
  closeWaitingRoom,
  endTurn,
  enterShop,
  initSite,
  joinWaitingRoom,
  openDb,
  setWaitingRoom,
} from '@catraca/db';
import { makeEvent } from '@catraca/db/seed';
import { testDatabase } from '@catraca/db/testing';
import { expect, test } from 'vitest';
import type { EventReader } from '../event-reader.ts';
import { Hall, heartbeatMs } from './hall.ts';
import { WaitingRooms } from './waiting-rooms.ts';

const { db, url } = await testDatabase();
await initSite(db, { number: 1, name: 'Test', kind: 'cloud' });

const opensAt = new Date('2027-03-01T12:00:00Z');
const at = (seconds: number) => new Date(opensAt.getTime() + seconds * 1000);

let browsers = 0;

async function makeHall(shoppersMax = 1) {
  const event = await makeEvent(db, {}, opensAt);
  const settings = { opensAt, perMinuteMax: 60, shoppersMax, turnSeconds: 600 };
  await setWaitingRoom(db, event.id, settings);
  const hall = new Hall(db, new WaitingRooms(db, 0), event.slug);
  const joinMany = async (count: number, now: Date) => {
    const requests = Array.from({ length: count }, () => {
      const keyThumbprint = `key-${++browsers}`;
      return { keyThumbprint, networkKey: Buffer.from(keyThumbprint) };
    });
    const results = await joinWaitingRoom(db, event.id, requests, now);
    return results.map((result) => (result.ok ? result.place.publicId : ''));
  };
  const join = async (now: Date) => (await joinMany(1, now))[0] ?? '';
  return { event, hall, join, joinMany };
}

/** Somebody who looks, and what they were told since they were last asked. */
function viewer() {
  const told: { event: string; data: Record<string, unknown> }[] = [];
  const reader: EventReader & { isReady: boolean; ended: boolean } = {
    isReady: true,
    ended: false,
    send(bytes) {
      const [, event = '', data = ''] =
        /^event: (\w+)\ndata: (.*)\n\n$/.exec(new TextDecoder().decode(bytes)) ?? [];
      told.push({ event, data: JSON.parse(data) as Record<string, unknown> });
    },
    end: () => (reader.ended = true),
  };
  return { reader, news: () => told.splice(0) };
}

test('everybody is told of the room and of their own place, and only what is new', async () => {
  const { hall, join, event } = await makeHall();
  const [first, second] = [viewer(), viewer()];
  const [one, two] = [await join(at(-60)), await join(at(-60))];
  hall.add(one, first.reader);
  hall.add(two, second.reader);
  await hall.round(at(-10));
  expect(first.news()).toMatchObject([
    { event: 'room', data: { isDrawn: false, now: at(-10).getTime() } },
    { event: 'place', data: { kind: 'before_draw' } },
  ]);
  second.news();
  await hall.round(at(-9));
  expect([...first.news(), ...second.news()]).toEqual([]);
  await callPlaces(db, at(0));
  await hall.round(at(0));
  const kinds = [...first.news(), ...second.news()].filter(({ event }) => event === 'place');
  expect(kinds.map(({ data }) => data['kind']).toSorted()).toEqual(['called', 'waiting']);
  // The one who was called goes in, gives the turn up, and the other is called.
  const [calledId, waitingViewer] =
    kinds[0]?.data['kind'] === 'called' ? [one, second] : [two, first];
  await enterShop(db, calledId, at(1));
  await hall.round(at(1));
  await endTurn(db, calledId, at(2));
  await callPlaces(db, at(3));
  await hall.round(at(3));
  expect(waitingViewer.news().at(-1)).toMatchObject({ event: 'place', data: { kind: 'called' } });
  const calledViewer = waitingViewer === first ? second : first;
  expect(calledViewer.news().map(({ data }) => data['kind'])).toEqual([
    'entered',
    undefined,
    'ended',
  ]);
  await closeWaitingRoom(db, event.id, at(4));
  await hall.round(at(4));
  expect(first.news()).toEqual([{ event: 'closed', data: {} }]);
  expect([first.reader.ended, second.reader.ended, hall.count]).toEqual([true, true, 0]);
});

test('who reads slowly misses what is superseded, and nothing else', async () => {
  const { hall, join } = await makeHall(100);
  const slow = viewer();
  hall.add(await join(at(-60)), slow.reader);
  await hall.round(at(-10));
  slow.news();
  slow.reader.isReady = false;
  await callPlaces(db, at(0));
  await hall.round(at(0));
  await hall.round(at(1));
  expect(slow.news()).toEqual([]);
  slow.reader.isReady = true;
  await hall.round(at(2));
  expect(slow.news()).toMatchObject([
    { event: 'room', data: { calledNo: 1 } },
    { event: 'place', data: { kind: 'called' } },
  ]);
});

test('a silent room is heard every quarter of a minute', async () => {
  const { hall, join } = await makeHall();
  const one = viewer();
  hall.add(await join(at(-600)), one.reader);
  await hall.round(at(-600));
  one.news();
  await hall.round(new Date(at(-600).getTime() + heartbeatMs - 1));
  expect(one.news()).toEqual([]);
  await hall.round(new Date(at(-600).getTime() + heartbeatMs));
  expect(one.news()).toMatchObject([{ event: 'room' }]);
});

test('a thousand who wait cost a round two questions, and the fifth tab of a browser ends its first', async () => {
  const { event, joinMany } = await makeHall();
  const counted = openDb(url, { connections: 1, name: 'counted' });
  let questions = 0;
  counted.$client.options.debug = () => (questions += 1);
  const hall = new Hall(counted, new WaitingRooms(counted, 0), event.slug);
  const ids = await joinMany(1_000, at(-60));
  for (const id of ids) hall.add(id, viewer().reader);
  await callPlaces(db, at(0));
  await hall.round(at(0));
  questions = 0;
  await hall.round(at(1));
  expect(questions).toBe(2);
  const tabs = Array.from({ length: 5 }, viewer);
  for (const { reader } of tabs) hall.add(ids[0] ?? '', reader);
  expect(tabs.map(({ reader }) => reader.ended)).toEqual([true, false, false, false, false]);
  expect(hall.count).toBe(1_003);
  await counted.$client.end();
});
