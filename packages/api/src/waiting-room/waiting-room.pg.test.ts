import { callPlaces, initSite, openDb, schema, setWaitingRoom } from '@catraca/db';
import { makeEvent, makeOrganization, makeType } from '@catraca/db/seed';
import { testDatabase } from '@catraca/db/testing';
import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { createCaller } from '../router.ts';
import { refusalOf } from '../testing/test-buyer.ts';
import { testContext, testMember } from '../testing/test-context.ts';
import { testQueuer, type TestQueuer } from '../testing/test-queuer.ts';
import { UsedProofs } from './proof.ts';
import { WaitingRooms } from './waiting-rooms.ts';

const { db, url } = await testDatabase();
await initSite(db, { number: 1, name: 'Test', kind: 'cloud' });
const organizationId = await makeOrganization(db);

const opensAt = new Date('2027-03-01T12:00:00Z');
const at = (seconds: number) => new Date(opensAt.getTime() + seconds * 1000);

async function makeShop(limits: { shoppersMax?: number } = {}) {
  const event = await makeEvent(db, { organizationId }, opensAt);
  const type = await makeType(db, event.id, { units: 100 });
  const settings = { opensAt, perMinuteMax: 6_000, shoppersMax: 10, turnSeconds: 600, ...limits };
  await setWaitingRoom(db, event.id, settings);
  const lines = [{ typeNo: type.no, quantity: 1 }];
  return { slug: event.slug, eventId: event.id, lines };
}
type Shop = Awaited<ReturnType<typeof makeShop>>;

/** A browser whose turn runs from second 1 on. */
async function makeShopper({ slug }: Shop): Promise<TestQueuer> {
  const queuer = await testQueuer(db);
  await queuer.join(slug, at(-60));
  await callPlaces(db, at(0));
  const proof = await queuer.prove(slug, 'enter', at(1));
  await (await queuer.call({ now: at(1) })).waitingRoom.enter({ slug, proof });
  return queuer;
}

async function hold(queuer: TestQueuer, { slug, lines }: Shop, now: Date, proof?: string) {
  return (await queuer.call({ now })).hold.place({ slug, lines, proof });
}

describe('W-13 the door', () => {
  test('before the opening nobody holds, with a place or without', async () => {
    const shop = await makeShop();
    const queuer = await testQueuer(db);
    expect(await refusalOf(hold(queuer, shop, at(-60)))).toEqual({
      code: 'waiting_room',
      detail: { opensAt: opensAt.toISOString() },
    });
    await queuer.join(shop.slug, at(-60));
    const proof = await queuer.prove(shop.slug, 'hold', at(-60));
    expect(await refusalOf(hold(queuer, shop, at(-60), proof))).toMatchObject({
      code: 'waiting_room',
    });
  });

  test('called is not enough; who has gone in holds, until the turn is over', async () => {
    const shop = await makeShop();
    const queuer = await testQueuer(db);
    await queuer.join(shop.slug, at(-60));
    await callPlaces(db, at(0));
    const prove = (act: 'enter' | 'hold', now: Date) => queuer.prove(shop.slug, act, now);
    expect(await refusalOf(hold(queuer, shop, at(1), await prove('hold', at(1))))).toMatchObject({
      code: 'waiting_room',
    });
    const entered = await (
      await queuer.call({ now: at(1) })
    ).waitingRoom.enter({ slug: shop.slug, proof: await prove('enter', at(1)) });
    expect(entered.until).toBe(at(601).getTime());
    await hold(queuer, shop, at(2), await prove('hold', at(2)));
    const [placed] = await db
      .select({ place: schema.waitingPlaces.enteredAt })
      .from(schema.holds)
      .innerJoin(schema.waitingPlaces, eq(schema.waitingPlaces.id, schema.holds.waitingPlaceId))
      .where(eq(schema.holds.eventId, shop.eventId));
    expect(placed?.place).toEqual(at(1));
    await hold(queuer, shop, at(600), await prove('hold', at(600)));
    expect(
      await refusalOf(hold(queuer, shop, at(601), await prove('hold', at(601)))),
    ).toMatchObject({
      code: 'waiting_room',
    });
  });

  test('a desk of the event is let through, and nobody else who is signed in', async () => {
    const shop = await makeShop();
    const placeAs = async (
      role: 'box_office' | 'manager' | 'gate' | 'viewer',
      organization: string,
    ) => {
      const context = await testContext(db, testMember(role, organization));
      return createCaller({ ...context, now: at(-60) }).hold.place(shop);
    };
    await placeAs('box_office', organizationId);
    await placeAs('manager', organizationId);
    const stranger = await makeOrganization(db);
    const others = [
      ['gate', organizationId],
      ['viewer', organizationId],
      ['manager', stranger],
    ] as const;
    for (const [role, organization] of others) {
      expect(await refusalOf(placeAs(role, organization))).toMatchObject({ code: 'waiting_room' });
    }
  });

  test('a closed room lets everybody in', async () => {
    const shop = await makeShop();
    const owner = createCaller(await testContext(db, testMember('owner', organizationId)));
    await owner.waitingRoom.close({ eventSlug: shop.slug });
    await hold(await testQueuer(db), shop, at(0));
  });

  test('who has just gone in is known at once, however lately the door looked', async () => {
    const shop = await makeShop();
    const queuer = await testQueuer(db);
    await queuer.join(shop.slug, at(-60));
    await callPlaces(db, at(0));
    const call = await queuer.call({ waitingRooms: new WaitingRooms(db, 60_000), now: at(1) });
    const prove = (act: 'enter' | 'hold') => queuer.prove(shop.slug, act, at(1));
    const place = async () => call.hold.place({ ...shop, proof: await prove('hold') });
    expect(await refusalOf(place())).toMatchObject({ code: 'waiting_room' });
    await call.waitingRoom.enter({ slug: shop.slug, proof: await prove('enter') });
    await place();
  });

  test('a flood without places asks the database nothing', async () => {
    const shop = await makeShop();
    const gone = openDb(url);
    const waitingRooms = new WaitingRooms(gone, 60_000);
    await waitingRooms.get(shop.slug);
    // From here on any question would fail.
    await gone.$client.end();
    const queuer = await testQueuer(db);
    const call = await queuer.call({ db: gone, waitingRooms, now: at(10) });
    const refused = await Promise.all(
      Array.from({ length: 200 }, () => refusalOf(call.hold.place(shop))),
    );
    expect(new Set(refused.map(({ code }) => code))).toEqual(new Set(['waiting_room']));
    // The control: with a place somebody would be looked up.
    await queuer.join(shop.slug, at(-60));
    await expect(call.hold.place(shop)).rejects.toMatchObject({ code: 'INTERNAL_SERVER_ERROR' });
  });
});

describe('W-11 a place cannot be passed on', () => {
  const notYours = { code: 'place_not_yours' };

  test('a copied cookie without the key neither goes in nor holds', async () => {
    const shop = await makeShop();
    const owner = await testQueuer(db);
    await owner.join(shop.slug, at(-60));
    await callPlaces(db, at(0));
    const thief = await testQueuer(db);
    thief.cookies = owner.cookies;
    const stolen = async (proof: string) =>
      (await thief.call({ now: at(1) })).waitingRoom.enter({ slug: shop.slug, proof });
    expect(await refusalOf(stolen(await thief.prove(shop.slug, 'enter', at(1))))).toMatchObject(
      notYours,
    );
    // With the owner's public key in its header, signed by the thief's own.
    const forged = await thief.prove(shop.slug, 'enter', at(1), { jwk: owner.key });
    expect(await refusalOf(stolen(forged))).toMatchObject(notYours);
    const proof = await owner.prove(shop.slug, 'enter', at(1));
    await (await owner.call({ now: at(1) })).waitingRoom.enter({ slug: shop.slug, proof });
    expect(await refusalOf(hold(thief, shop, at(2)))).toMatchObject(notYours);
    const thiefs = await thief.prove(shop.slug, 'hold', at(2));
    expect(await refusalOf(hold(thief, shop, at(2), thiefs))).toMatchObject(notYours);
  });

  test('a proof is good for its act, its event, its minute, and once', async () => {
    const shop = await makeShop();
    const queuer = await makeShopper(shop);
    const refused = async (proof: string, now = at(100)) =>
      expect(await refusalOf(hold(queuer, shop, now, proof))).toMatchObject(notYours);
    await refused(await queuer.prove(shop.slug, 'enter', at(100)));
    await refused(await queuer.prove('another-event', 'hold', at(100)));
    await refused(await queuer.prove(shop.slug, 'hold', at(100), { type: 'JWT' }));
    await refused(await queuer.prove(shop.slug, 'hold', at(39)));
    await refused(await queuer.prove(shop.slug, 'hold', at(161)));
    await refused('not.a.jwt');
    const { x, ...noPoint } = queuer.key;
    await refused(
      await queuer.prove(shop.slug, 'hold', at(100), {
        jwk: { ...noPoint, x: `${x?.startsWith('_') ? '-' : '_'}${x?.slice(1)}` },
      }),
    );
    const proof = await queuer.prove(shop.slug, 'hold', at(100));
    const waitingRooms = new WaitingRooms(db, 0);
    const placeHold = async () =>
      (await queuer.call({ now: at(100), waitingRooms })).hold.place({ ...shop, proof });
    await placeHold();
    expect(await refusalOf(placeHold())).toMatchObject(notYours);
  });

  test('a cookie of another event, or one that we did not sign, is none', async () => {
    const [one, two] = [await makeShop(), await makeShop()];
    const queuer = await makeShopper(one);
    queuer.cookies.set(two.slug, queuer.cookies.get(one.slug) ?? '');
    const proof = await queuer.prove(two.slug, 'hold', at(2));
    expect(await refusalOf(hold(queuer, two, at(2), proof))).toMatchObject({
      code: 'waiting_room',
    });
    queuer.cookies.set(one.slug, `${queuer.cookies.get(one.slug)}x`);
    const again = await queuer.prove(one.slug, 'hold', at(2));
    expect(await refusalOf(hold(queuer, one, at(2), again))).toMatchObject({
      code: 'waiting_room',
    });
  });

  test('used proofs are remembered as long as they are good, and then forgotten', () => {
    const used = new UsedProofs();
    expect(used.use('a', at(0))).toBe(true);
    expect(used.use('a', at(119))).toBe(false);
    expect(used.use('a', at(121))).toBe(true);
  });
});

describe('W-4 a browser and its place', () => {
  test('it has the same one however often it joins, and sees where it stands', async () => {
    const shop = await makeShop({ shoppersMax: 1 });
    const [first, second] = [await testQueuer(db), await testQueuer(db)];
    const own = async (queuer: TestQueuer, now: Date) =>
      (await queuer.call({ now })).waitingRoom.own({ slug: shop.slug });
    expect(await own(first, at(-60))).toMatchObject({ room: { isDrawn: false }, place: null });
    await first.join(shop.slug, at(-60));
    await first.join(shop.slug, at(-50));
    expect(await own(first, at(-50))).toMatchObject({ place: { kind: 'before_draw' } });
    await callPlaces(db, at(0));
    expect(await second.join(shop.slug, at(1))).toMatchObject({
      place: { kind: 'waiting', no: 2 },
    });
    expect(await own(first, at(1))).toMatchObject({
      room: { isDrawn: true, lastNo: 2, calledNo: 1 },
      place: { kind: 'called', until: at(300).getTime() },
    });
    expect(
      await db.$count(schema.waitingPlaces, eq(schema.waitingPlaces.eventId, shop.eventId)),
    ).toBe(2);
  });

  test('who gave the turn up has it no more, and the next one comes', async () => {
    const shop = await makeShop({ shoppersMax: 1 });
    const [first, second] = [await testQueuer(db), await testQueuer(db)];
    await first.join(shop.slug, at(-60));
    await callPlaces(db, at(0));
    await second.join(shop.slug, at(1));
    const proof = await first.prove(shop.slug, 'leave', at(2));
    await (await first.call({ now: at(2) })).waitingRoom.leave({ slug: shop.slug, proof });
    const own = async (queuer: TestQueuer) =>
      (await (await queuer.call({ now: at(3) })).waitingRoom.own({ slug: shop.slug })).place;
    await callPlaces(db, at(3));
    expect(await own(first)).toEqual({ kind: 'ended', entered: false, bought: false });
    expect(await own(second)).toMatchObject({ kind: 'called' });
  });

  test('a key that is none is refused, and so is joining where there is no room', async () => {
    const queuer = await testQueuer(db);
    const event = await makeEvent(db, { organizationId }, opensAt);
    expect(await refusalOf(queuer.join(event.slug, at(0)))).toMatchObject({
      code: 'no_waiting_room',
    });
    const shop = await makeShop();
    const key = { kty: 'EC', crv: 'P-256', x: 'short', y: 'short' } as const;
    const call = await queuer.call();
    await expect(call.waitingRoom.join({ slug: shop.slug, key })).rejects.toMatchObject({
      code: 'BAD_REQUEST',
    });
  });
});

describe('who runs the room', () => {
  const manager = async (organization = organizationId) =>
    createCaller(await testContext(db, testMember('manager', organization)));

  test('sets it, changes it, sees its numbers and closes it', async () => {
    const event = await makeEvent(db, { organizationId }, opensAt);
    const call = (await manager()).waitingRoom;
    const eventSlug = event.slug;
    expect(await call.find({ eventSlug })).toMatchObject({ room: null });
    const settings = { eventSlug, opensAt, perMinuteMax: 60, shoppersMax: 5, turnSeconds: 600 };
    await call.set(settings);
    const queuer = await testQueuer(db);
    await queuer.join(eventSlug, at(-60));
    expect(await call.find({ eventSlug })).toMatchObject({
      room: {
        opensAt,
        isDrawn: false,
        waiting: 1,
        called: 0,
        inShop: 0,
        bought: 0,
        closedAt: null,
      },
    });
    await callPlaces(db, at(0));
    await call.set({ ...settings, shoppersMax: 7 });
    const later = { ...settings, opensAt: at(60) };
    expect(await refusalOf(call.set(later))).toEqual({
      code: 'already_drawn',
      detail: { opensAt: opensAt.toISOString() },
    });
    await call.close({ eventSlug });
    expect((await call.find({ eventSlug })).room?.closedAt).toBeInstanceOf(Date);
    expect(await refusalOf(call.close({ eventSlug }))).toMatchObject({ code: 'no_waiting_room' });
  });

  test('does so for their own organization only', async () => {
    const event = await makeEvent(db, { organizationId }, opensAt);
    const other = (await manager(await makeOrganization(db))).waitingRoom;
    const settings = { opensAt, perMinuteMax: 60, shoppersMax: 5, turnSeconds: 600 };
    const eventSlug = event.slug;
    const calls = [
      () => other.find({ eventSlug }),
      () => other.set({ eventSlug, ...settings }),
      () => other.close({ eventSlug }),
    ];
    for (const call of calls) expect(await refusalOf(call())).toMatchObject({ code: 'not_found' });
  });
});
