import { checkDraw, enterWithinMs, placesPerNetworkMax } from '@catraca/domain';
import { and, asc, eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDb } from '../../client.ts';
import { initSite } from '../../local-site.ts';
import { findWaitingRoom } from '../../queries/find-waiting-room.ts';
import { getWaitingNumbers } from '../../queries/get-waiting-numbers.ts';
import { listWaitingPlaces } from '../../queries/list-waiting-places.ts';
import { holds, waitingPlaces, waitingRooms } from '../../schema/index.ts';
import { makeEvent, type MadeEvent } from '../../seed/index.ts';
import { testDatabase } from '../../testing/index.ts';
import { callPlaces } from './call-places.ts';
import { closeWaitingRoom } from './close-waiting-room.ts';
import { endTurn, enterShop } from './enter-shop.ts';
import { forgetPlaces } from './forget-places.ts';
import { joinWaitingRoom, type JoinRequest, type WaitingPlace } from './join-waiting-room.ts';
import { setWaitingRoom } from './set-waiting-room.ts';
import { takePlace } from './take-place.ts';

const { db, url } = await testDatabase();
const crowd = openDb(url, { connections: 8 });
afterAll(() => crowd.$client.end({ timeout: 1 }));

const opensAt = new Date('2027-03-01T12:00:00Z');
const at = (seconds: number) => new Date(opensAt.getTime() + seconds * 1000);

beforeAll(() => initSite(db, { number: 1, name: 'test', kind: 'cloud' }));

/** A room of its own. All others are closed, so that the calls of a test are about this one alone. */
async function makeRoom(limits: { perMinuteMax?: number; shoppersMax?: number } = {}) {
  await db.update(waitingRooms).set({ closedAt: opensAt });
  const event = await makeEvent(db, {}, opensAt);
  const settings = { opensAt, perMinuteMax: 6_000, shoppersMax: 1_000, turnSeconds: 600 };
  await setWaitingRoom(db, event.id, { ...settings, ...limits });
  return event;
}

let browsers = 0;
const browser = (network: string | number): JoinRequest => ({
  keyThumbprint: `key-${++browsers}`,
  networkKey: Buffer.from(`network ${network}`),
});
/** Browsers of as many people, each on a network of their own. */
const people = (count: number) => Array.from({ length: count }, () => browser(`own ${browsers}`));

/** The place, where a test means it to be given. */
async function join(event: MadeEvent, request: JoinRequest, now: Date): Promise<WaitingPlace> {
  const [result] = await joinWaitingRoom(db, event.id, [request], now);
  if (!result?.ok) throw new Error('the place was refused');
  return result.place;
}

function placesOf(event: MadeEvent) {
  return db
    .select()
    .from(waitingPlaces)
    .where(eq(waitingPlaces.eventId, event.id))
    .orderBy(asc(waitingPlaces.no));
}

async function roomOf(event: MadeEvent) {
  const [room] = await db.select().from(waitingRooms).where(eq(waitingRooms.eventId, event.id));
  if (!room) throw new Error('no room');
  return room;
}

const numbered = (rows: Awaited<ReturnType<typeof placesOf>>) =>
  rows.map(({ no, networkNo }) => ({ no: no ?? 0, networkNo }));

describe('W-1 W-2 the draw', () => {
  test('before it nobody has a number; with it all who are there have one', async () => {
    const event = await makeRoom();
    const [first] = await joinWaitingRoom(db, event.id, people(50), at(-60));
    expect(first).toMatchObject({ ok: true, place: { no: null } });
    expect(await callPlaces(db, at(-1))).toEqual([]);
    expect(await callPlaces(db, at(0))).toMatchObject([{ eventId: event.id, drawn: true }]);
    expect(checkDraw(numbered(await placesOf(event)))).toEqual([]);
    expect(await roomOf(event)).toMatchObject({ lastNo: 50, drawnAt: at(0) });
  });

  test('a bot with 500 sessions beside 200 people has one chance at the front, and stands behind all of them with the rest', async () => {
    const event = await makeRoom();
    const bot = Array.from({ length: 500 }, () => browser('bot'));
    // It comes first, and with all of them at once.
    const botJoins = await joinWaitingRoom(db, event.id, bot, at(-300));
    await joinWaitingRoom(db, event.id, people(200), at(-10));
    expect(botJoins.filter((result) => result.ok)).toHaveLength(placesPerNetworkMax);
    expect(botJoins.filter((result) => !result.ok && result.code === 'network_full')).toHaveLength(
      500 - placesPerNetworkMax,
    );
    await callPlaces(db, at(0));
    const places = await placesOf(event);
    expect(checkDraw(numbered(places))).toEqual([]);
    const botNos = places
      .filter(({ networkKey }) => Buffer.from(networkKey).equals(Buffer.from('network bot')))
      .map(({ no }) => no);
    // One among the first 201, like anybody's; the others are the last ones.
    expect(botNos.filter((no) => no !== null && no <= 201)).toHaveLength(1);
    expect(botNos.slice(1)).toEqual(Array.from({ length: 19 }, (_, i) => 202 + i));
  });

  test('the order is one of chance: coming first is worth nothing', async () => {
    const event = await makeRoom();
    for (let batch = 0; batch < 4; batch++) {
      await joinWaitingRoom(db, event.id, people(50), at(-60 + batch));
    }
    await callPlaces(db, at(0));
    const places = await placesOf(event);
    const byJoin = places.toSorted((a, b) => Number(a.id - b.id)).map(({ no }) => no);
    // One in 200! is the order in which they came.
    expect(byJoin).not.toEqual(byJoin.toSorted((a, b) => Number(a) - Number(b)));
  });

  test('held once, however many want to hold it', async () => {
    const event = await makeRoom();
    await joinWaitingRoom(db, event.id, people(100), at(-60));
    const rounds = await Promise.all(Array.from({ length: 8 }, () => callPlaces(crowd, at(0))));
    expect(rounds.flat().filter(({ drawn }) => drawn)).toHaveLength(1);
    expect(checkDraw(numbered(await placesOf(event)))).toEqual([]);
  });

  test('one who comes as the shop opens, before anybody held the draw, has it held and stands behind it', async () => {
    const event = await makeRoom();
    await joinWaitingRoom(db, event.id, people(10), at(-60));
    expect(await join(event, browser('late'), at(0))).toMatchObject({ no: 11 });
    expect(await callPlaces(db, at(0))).toMatchObject([{ drawn: false }]);
  });
});

describe('W-3 after the draw', () => {
  test('numbers go on as people come, without a gap, from many processes at once', async () => {
    const event = await makeRoom();
    await joinWaitingRoom(db, event.id, people(5), at(-60));
    await callPlaces(db, at(0));
    await Promise.all(
      Array.from({ length: 8 }, () => joinWaitingRoom(crowd, event.id, people(50), at(1))),
    );
    expect((await placesOf(event)).map(({ no }) => no)).toEqual(
      Array.from({ length: 405 }, (_, i) => i + 1),
    );
    expect(await roomOf(event)).toMatchObject({ lastNo: 405 });
  });

  test('without the lock, two who come at once are given the same number', async () => {
    await db.execute(sql`create table naive_places (no int)`);
    const nextNo = sql`select coalesce(max(no), 0)::integer + 1 as no from naive_places`;
    // The schedule that the room's lock makes impossible: both read before either writes.
    const taken = await Promise.all([0, 1].map(() => crowd.execute<{ no: number }>(nextNo)));
    for (const [row] of taken) await db.execute(sql`insert into naive_places values (${row?.no})`);
    const rows = await db.execute(sql`select no from naive_places`);
    expect(rows.map(({ no }) => no)).toEqual([1, 1]);
  });
});

describe('W-4 one browser, one place', () => {
  test('asked for again, in a batch, and from two processes at once, it is the same', async () => {
    const event = await makeRoom();
    const one = browser('home');
    const results = await Promise.all([
      joinWaitingRoom(crowd, event.id, [one, one], at(-60)),
      joinWaitingRoom(crowd, event.id, [one], at(-60)),
      joinWaitingRoom(crowd, event.id, [one], at(-59)),
    ]);
    const ids = results.flat().map((result) => (result.ok ? result.place.publicId : result.code));
    expect(new Set(ids).size).toBe(1);
    expect(await placesOf(event)).toHaveLength(1);
  });

  test('a network has twenty open places, and a new one where one has ended', async () => {
    const event = await makeRoom();
    const office = Array.from({ length: 20 }, () => browser('office'));
    await joinWaitingRoom(db, event.id, office, at(-60));
    const more = browser('office');
    const refused = [{ ok: false, code: 'network_full' }];
    expect(await joinWaitingRoom(db, event.id, [more], at(-50))).toEqual(refused);
    // Who has a place keeps it.
    expect(await joinWaitingRoom(db, event.id, office.slice(0, 1), at(-50))).toMatchObject([
      { ok: true },
    ]);
    await callPlaces(db, at(0));
    await callPlaces(db, at(1));
    const [called] = await placesOf(event);
    expect(await endTurn(db, called?.publicId ?? '', at(2))).toBe(true);
    expect(await join(event, more, at(3))).toMatchObject({ no: 21 });
    const [row] = await db
      .select()
      .from(waitingPlaces)
      .where(eq(waitingPlaces.keyThumbprint, more.keyThumbprint));
    expect(row?.networkNo).toBe(21);
  });

  test('the same browser waits for two events in two places', async () => {
    const [one, two] = [await makeRoom(), await makeEvent(db, {}, opensAt)];
    const settings = { opensAt, perMinuteMax: 60, shoppersMax: 10, turnSeconds: 600 };
    await setWaitingRoom(db, two.id, settings);
    const mine = browser('home');
    const [first, second] = [await join(one, mine, at(-9)), await join(two, mine, at(-9))];
    expect(first.publicId).not.toBe(second.publicId);
  });

  test('a thousand who come at once, to two rooms, are each given their own', async () => {
    const [one, two] = [await makeRoom(), await makeEvent(db, {}, opensAt)];
    const settings = { opensAt, perMinuteMax: 60, shoppersMax: 10, turnSeconds: 600 };
    await setWaitingRoom(db, two.id, settings);
    const results = await Promise.all(
      people(1_000).map((request, i) =>
        takePlace(crowd, { ...request, eventId: i % 2 ? one.id : two.id, now: at(-1) }),
      ),
    );
    const ids = results.map((result) => (result.ok ? result.place.publicId : result.code));
    expect(new Set(ids).size).toBe(1_000);
    expect([await placesOf(one), await placesOf(two)].map((places) => places.length)).toEqual([
      500, 500,
    ]);
  });

  test('without a room nobody joins', async () => {
    const event = await makeEvent(db, {}, opensAt);
    const none = [{ ok: false, code: 'no_room' }];
    expect(await joinWaitingRoom(db, event.id, people(1), at(0))).toEqual(none);
    const closed = await makeRoom();
    await closeWaitingRoom(db, closed.id, at(1));
    expect(await joinWaitingRoom(db, closed.id, people(1), at(2))).toEqual(none);
  });
});

describe('W-5 W-6 W-7 the calls', () => {
  test('eight workers that call in the same instants call no more than one would', async () => {
    const event = await makeRoom({ perMinuteMax: 600 });
    await joinWaitingRoom(db, event.id, people(300), at(-60));
    let called = 0;
    for (let second = 0; second <= 10; second++) {
      const rounds = await Promise.all(
        Array.from({ length: 8 }, () => callPlaces(crowd, at(second))),
      );
      called += rounds.flat().reduce((sum, round) => sum + round.called, 0);
    }
    // Ten a second for ten seconds, and the first one at once.
    expect(called).toBe(101);
    const { calledNo } = await roomOf(event);
    expect(calledNo).toBe(called);
    const places = await placesOf(event);
    expect(places.filter(({ calledAt }) => calledAt !== null).map(({ no }) => no)).toEqual(
      Array.from({ length: called }, (_, i) => i + 1),
    );
  });

  test('the same eight, who look and call without a lock: more than the limit come in', async () => {
    await db.execute(sql`create table naive_room (called int, shoppers_max int)`);
    await db.execute(sql`insert into naive_room values (0, 10)`);
    const both = await Promise.all(
      [0, 1].map(() =>
        crowd.execute<{ free: number }>(sql`select shoppers_max - called as free from naive_room`),
      ),
    );
    for (const [row] of both)
      await db.execute(sql`update naive_room set called = called + ${row?.free}`);
    const [room] = await db.execute<{ called: number }>(sql`select called from naive_room`);
    expect(room?.called).toBeGreaterThan(10);
  });

  test('the shop is never fuller than it may be, and the next come as others end', async () => {
    const event = await makeRoom({ shoppersMax: 5 });
    await joinWaitingRoom(db, event.id, people(20), at(-60));
    const shopping = async () => (await findWaitingRoom(db, event.slug))?.shopping ?? [];
    for (let second = 0; second <= 5; second++) {
      await Promise.all([callPlaces(crowd, at(second)), callPlaces(crowd, at(second))]);
      expect((await shopping()).length).toBeLessThanOrEqual(5);
    }
    const [one, two] = await shopping();
    await enterShop(db, one?.publicId ?? '', at(6));
    await enterShop(db, two?.publicId ?? '', at(6));
    await endTurn(db, one?.publicId ?? '', at(7));
    expect(await callPlaces(db, at(8))).toMatchObject([{ called: 1 }]);
    expect(await roomOf(event)).toMatchObject({ calledNo: 6 });
  });
});

describe('W-8 W-9 W-10 the turn', () => {
  async function called() {
    const event = await makeRoom();
    const place = await join(event, browser(`turn ${++browsers}`), at(-60));
    return { event, publicId: place.publicId };
  }
  const placeOf = async (publicId: string) => {
    const [place] = await db
      .select()
      .from(waitingPlaces)
      .where(eq(waitingPlaces.publicId, publicId));
    return place;
  };

  test('nobody goes in before their call', async () => {
    const { publicId } = await called();
    expect(await enterShop(db, publicId, at(-1))).toEqual({ ok: false, code: 'not_called' });
  });

  test('it runs from going in, and going in again changes nothing', async () => {
    const { publicId } = await called();
    await callPlaces(db, at(0));
    const until = at(10 + 600);
    expect(await enterShop(db, publicId, at(10))).toEqual({ ok: true, until });
    expect(await enterShop(db, publicId, at(100))).toEqual({ ok: true, until });
    await callPlaces(db, at(609));
    expect(await placeOf(publicId)).toMatchObject({ endedAt: null });
    expect(await enterShop(db, publicId, at(610))).toEqual({ ok: false, code: 'turn_over' });
    expect(await callPlaces(db, at(610))).toMatchObject([{ ended: 1 }]);
    expect(await placeOf(publicId)).toMatchObject({ endedAt: at(610) });
  });

  test('one who does not come lets it pass, at the same instant for the shop and for whoever calls', async () => {
    const { publicId } = await called();
    await callPlaces(db, at(0));
    const over = new Date(at(0).getTime() + enterWithinMs);
    expect(await enterShop(db, publicId, over)).toEqual({ ok: false, code: 'turn_over' });
    expect(await callPlaces(db, over)).toMatchObject([{ ended: 1 }]);
  });

  test('going in as the turn passes: one of the two, never both', async () => {
    const { publicId } = await called();
    await callPlaces(db, at(0));
    const last = new Date(at(0).getTime() + enterWithinMs - 1);
    const [entered] = await Promise.all([
      enterShop(crowd, publicId, last),
      callPlaces(crowd, new Date(last.getTime() + 1)),
    ]);
    const place = await placeOf(publicId);
    expect(entered.ok).toBe(place?.endedAt === null);
    expect(entered.ok).toBe(place?.enteredAt !== null);
  });

  test('it ends when its hold is sold, and is counted as bought', async () => {
    const { event, publicId } = await called();
    await callPlaces(db, at(0));
    await enterShop(db, publicId, at(1));
    const place = await placeOf(publicId);
    const values = {
      eventId: event.id,
      site: 1,
      expiresAt: at(600),
      waitingPlaceId: place?.id ?? 0n,
    };
    await db.insert(holds).values(values);
    expect(await callPlaces(db, at(2))).toMatchObject([{ ended: 0 }]);
    expect(await listWaitingPlaces(db, event.id, [publicId])).toMatchObject([{ bought: false }]);
    await db.update(holds).set({ state: 'sold' }).where(eq(holds.eventId, event.id));
    expect(await callPlaces(db, at(3))).toMatchObject([{ ended: 1 }]);
    expect(await listWaitingPlaces(db, event.id, [publicId])).toMatchObject([{ bought: true }]);
    expect(await getWaitingNumbers(db, event.id)).toMatchObject({
      numbers: { waiting: 0, called: 1, inShop: 0, awaited: 0, bought: 1 },
    });
  });
});

describe('a room is set and closed', () => {
  test('limits change while it runs; the time of the draw does not once it was held', async () => {
    const event = await makeRoom();
    const settings = { opensAt: at(60), perMinuteMax: 60, shoppersMax: 10, turnSeconds: 300 };
    expect(await setWaitingRoom(db, event.id, settings)).toEqual({ ok: true });
    await callPlaces(db, at(60));
    expect(await setWaitingRoom(db, event.id, { ...settings, shoppersMax: 20 })).toEqual({
      ok: true,
    });
    expect(await roomOf(event)).toMatchObject({ shoppersMax: 20 });
    expect(await setWaitingRoom(db, event.id, { ...settings, opensAt: at(90) })).toEqual({
      ok: false,
      code: 'already_drawn',
      opensAt: at(60),
    });
  });

  test('closed it is no more; opened anew nobody has a number from before', async () => {
    const event = await makeRoom();
    const place = await join(event, browser('again'), at(-60));
    await callPlaces(db, at(0));
    expect(await closeWaitingRoom(db, event.id, at(1))).toBe(true);
    expect(await closeWaitingRoom(db, event.id, at(2))).toBe(false);
    expect(await findWaitingRoom(db, event.slug)).toMatchObject({ room: null, shopping: [] });
    expect(await callPlaces(db, at(3))).toEqual([]);
    expect(await enterShop(db, place.publicId, at(3))).toEqual({ ok: false, code: 'no_room' });
    const settings = { opensAt: at(600), perMinuteMax: 60, shoppersMax: 10, turnSeconds: 300 };
    expect(await setWaitingRoom(db, event.id, settings)).toEqual({ ok: true });
    expect(await placesOf(event)).toEqual([]);
    expect(await roomOf(event)).toMatchObject({ lastNo: 0, calledNo: 0, drawnAt: null });
  });

  test('a day after it was closed its places are forgotten', async () => {
    const event = await makeRoom();
    await joinWaitingRoom(db, event.id, people(3), at(-60));
    await closeWaitingRoom(db, event.id, at(0));
    const left = () => db.$count(waitingPlaces, and(eq(waitingPlaces.eventId, event.id)));
    await forgetPlaces(db, at(86_399), 10_000);
    expect(await left()).toBe(3);
    await forgetPlaces(db, at(86_400), 10_000);
    expect(await left()).toBe(0);
  });
});
