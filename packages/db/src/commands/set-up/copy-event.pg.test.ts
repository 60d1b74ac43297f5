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
  venuePlans,
} from '../../schema/index.ts';
import { makeAreas, makeCheckpoints, makeEvent, makeType, seatRow } from '../../seed/index.ts';
import { testActor, testDatabase } from '../../testing/index.ts';
import { placeHold } from '../holds/place-hold.ts';
import { copyEvent } from './copy-event.ts';

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
