import { instantOf } from '@catraca/domain';
import { asc, eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { initSite } from '../../local-site.ts';
import {
  areas,
  checkpoints,
  entitlements,
  eventDays,
  events,
  passTypes,
  seats,
  stock,
  stockPools,
  venuePlans,
  vouchers,
} from '../../schema/index.ts';
import { makeAreas, makeCheckpoints, makeEvent, makeType, seatRow } from '../../seed/index.ts';
import { testActor, testDatabase } from '../../testing/index.ts';
import { placeHold } from '../holds/place-hold.ts';
import { copyEvent } from './copy-event.ts';
import { savePool } from './save-pool.ts';

const { db } = await testDatabase();
await initSite(db, { number: 1, name: 'Test', kind: 'cloud' });
const now = new Date();
const timeZone = 'Europe/Lisbon';
const at = (date: string, time: string) => new Date(instantOf({ date, time }, timeZone));

test('a copy has all that was set up on other dates, by the same clocks, and nothing sold', async () => {
  const dates = ['2027-03-26', '2027-03-27'];
  const event = await makeEvent(db, { timeZone, dates }, now);
  const [hall = 0n] = await makeAreas(db, event.id, [{ no: 1, name: 'Hall', capacity: 50 }]);
  const join = { fromAreaId: event.outsideAreaId, toAreaId: hall, directions: 'both' as const };
  await makeCheckpoints(db, event.id, [{ ...join, no: 1, name: 'Gate', x: 3, y: 4 }]);
  await db.insert(venuePlans).values({ eventId: event.id, svg: '<svg/>', width: 10, height: 10 });
  const opens = [
    { areaId: hall, startsAt: at(dates[0] ?? '', '09:30'), endsAt: at(dates[0] ?? '', '12:00') },
  ];
  const type = await makeType(db, event.id, { opens, units: 7 });
  await makeType(db, event.id, { seats: seatRow(4) });
  await makeType(db, event.id, { archived: true });
  await placeHold(db, { eventId: event.id, lines: [{ typeId: type.id, quantity: 2 }] }, now);

  // The clocks change between the two.
  const copy = { slug: 'copy', name: 'Copy', firstDate: '2027-04-02' };
  const copied = await copyEvent(db, event.id, copy, testActor);
  if (!copied.ok) throw new Error(copied.code);
  const ofCopy = copied.eventId;
  expect(await db.select().from(events).where(eq(events.id, ofCopy))).toMatchObject([
    { status: 'draft', name: 'Copy', timeZone, organizationId: expect.any(String) as string },
  ]);
  const days = await db
    .select()
    .from(eventDays)
    .where(eq(eventDays.eventId, ofCopy))
    .orderBy(asc(eventDays.no));
  expect(days.map(({ startsAt }) => startsAt)).toEqual([
    ...[at('2027-04-02', '00:00'), at('2027-04-03', '00:00')],
  ]);
  const places = await db.select().from(areas).where(eq(areas.eventId, ofCopy));
  expect(places.map(({ name }) => name).toSorted()).toEqual(['Hall', 'Outside']);
  const [gate] = await db.select().from(checkpoints).where(eq(checkpoints.eventId, ofCopy));
  const newHall = places.find(({ no }) => no === 1)?.id;
  expect(gate).toMatchObject({ name: 'Gate', toAreaId: newHall, x: 3 });
  const types = await db
    .select({ no: passTypes.no, quantity: stock.quantity, held: stock.held, id: passTypes.id })
    .from(passTypes)
    .innerJoin(stock, eq(stock.typeId, passTypes.id))
    .where(eq(passTypes.eventId, ofCopy))
    .orderBy(asc(passTypes.no));
  expect(types).toMatchObject([
    { no: 1, quantity: 7, held: 0 },
    { no: 2, quantity: 4, held: 0 },
  ]);
  expect(
    await db
      .select()
      .from(entitlements)
      .where(eq(entitlements.typeId, types[0]?.id ?? 0n)),
  ).toMatchObject([
    { areaId: newHall, startsAt: at('2027-04-02', '09:30'), endsAt: at('2027-04-02', '12:00') },
  ]);
  expect(await db.$count(seats, eq(seats.eventId, ofCopy))).toBe(4);
  expect(await db.$count(venuePlans, eq(venuePlans.eventId, ofCopy))).toBe(1);
  expect(await copyEvent(db, event.id, copy, testActor)).toEqual({ ok: false, code: 'slug_taken' });
});

test('a copy has the codes and the shared capacity for its own types, with nothing used and nothing taken of them', async () => {
  const event = await makeEvent(db, { timeZone, dates: ['2027-06-01'] }, now);
  const [one, two, gone] = [
    await makeType(db, event.id, { units: 20 }),
    await makeType(db, event.id, { units: 30 }),
    await makeType(db, event.id, { archived: true }),
  ];
  const typeIds = [one.id, two.id];
  const pool = { poolId: null, version: 1, name: 'Hall', quantity: 40, typeIds };
  expect(await savePool(db, event.id, pool)).toMatchObject({ ok: true });
  const lines = [{ typeId: one.id, quantity: 2 }];
  expect(await placeHold(db, { eventId: event.id, lines }, now)).toMatchObject({ ok: true });
  const code = { eventId: event.id, kind: 'percent' as const, value: 20 };
  await db.insert(vouchers).values([
    { ...code, code: 'ALL', unitsMax: 9, unitsUsed: 4, note: 'Friends', version: 3 },
    { ...code, code: 'SOME', typeIds: [two.id, gone.id], endsAt: at('2027-05-31', '18:00') },
    { ...code, code: 'OFF', kind: 'access', value: 0, typeIds: [one.id], state: 'off' },
    { ...code, code: 'GONE', typeIds: [gone.id] },
  ]);

  const copy = { slug: 'sold-again', name: 'Sold again', firstDate: '2028-06-01' };
  const copied = await copyEvent(db, event.id, copy, testActor);
  if (!copied.ok) throw new Error(copied.code);
  const types = await db
    .select({ id: passTypes.id, poolId: stock.poolId, quantity: stock.quantity })
    .from(passTypes)
    .innerJoin(stock, eq(stock.typeId, passTypes.id))
    .where(eq(passTypes.eventId, copied.eventId))
    .orderBy(asc(passTypes.no));
  const [first, second] = types.map(({ id }) => id);
  const pools = await db.select().from(stockPools).where(eq(stockPools.eventId, copied.eventId));
  expect(pools).toMatchObject([{ name: 'Hall', quantity: 40, held: 0, sold: 0, version: 1 }]);
  const poolId = pools[0]?.id;
  expect(types).toMatchObject([
    { poolId, quantity: 20 },
    { poolId, quantity: 30 },
  ]);
  const codes = await db
    .select()
    .from(vouchers)
    .where(eq(vouchers.eventId, copied.eventId))
    .orderBy(asc(vouchers.id));
  const fresh = { unitsUsed: 0, version: 1 };
  expect(codes).toMatchObject([
    { ...fresh, code: 'ALL', unitsMax: 9, value: 20, typeIds: null, note: 'Friends' },
    { ...fresh, code: 'SOME', typeIds: [second], endsAt: at('2028-05-31', '18:00') },
    { ...fresh, code: 'OFF', typeIds: [first], state: 'off' },
  ]);
});
