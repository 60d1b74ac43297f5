import { initSite } from '@catraca/db';
import { localDate, makeAreas, makeEvent, makeType, seatRow } from '@catraca/db/seed';
import { testDatabase } from '@catraca/db/testing';
import { expect, test } from 'vitest';
import { refusalOf, testBuyer } from '../testing/test-buyer.ts';

const { db } = await testDatabase();
await initSite(db, { number: 1, name: 'Test', kind: 'cloud' });

const now = new Date();
const hourMs = 3_600_000;
const visitor = await testBuyer(db).call(now);

test('the list has what is published and not over, the next first, from its cheapest price', async () => {
  const later = await makeEvent(db, { name: 'Later', dates: [localDate(now, 'UTC', 9)] }, now);
  const sooner = await makeEvent(db, { name: 'Sooner', dates: [localDate(now, 'UTC', 2)] }, now);
  await makeEvent(db, { name: 'Over', dates: ['2020-05-01'] }, now);
  await makeEvent(db, { name: 'Draft', status: 'draft' }, now);
  await makeEvent(db, { name: 'Closed', status: 'closed' }, now);
  await makeType(db, sooner.id, { priceMinor: 2_000, feeMinor: 0 });
  await makeType(db, sooner.id, { priceMinor: 1_000, feeMinor: 150 });
  await makeType(db, sooner.id, { kind: 'credential', priceMinor: 0 });
  expect(await visitor.event.list()).toMatchObject([
    { slug: sooner.slug, fromMinor: 1_150, toMinor: 2_000 },
    { slug: later.slug, fromMinor: null, toMinor: null },
  ]);
});

test('an event tells its tickets, with the days each opens, and no credentials', async () => {
  const dates = [0, 1, 2].map((days) => localDate(now, 'UTC', days));
  const event = await makeEvent(db, { dates }, now);
  const [hall] = await makeAreas(db, event.id, [{ no: 1, name: 'Hall' }]);
  const opens = event.days
    .filter(({ no }) => no !== 2)
    .map(({ startsAt, endsAt }) => ({
      areaId: hall ?? 0n,
      startsAt: new Date(startsAt + hourMs),
      endsAt: new Date(endsAt - hourMs),
    }));
  const type = await makeType(db, event.id, { opens, passesPerUnit: 5 });
  await makeType(db, event.id, { kind: 'credential' });
  const shown = await visitor.event.get({ slug: event.slug });
  expect(shown.types).toMatchObject([{ no: type.no, dayNos: [1, 3], passesPerUnit: 5 }]);
  expect(shown.days.map(({ no }) => no)).toEqual([1, 2, 3]);
});

test('a draft is not there, and a closed event is only to look at', async () => {
  const draft = await makeEvent(db, { status: 'draft' }, now);
  const closed = await makeEvent(db, { status: 'closed' }, now);
  await makeType(db, closed.id);
  expect(await refusalOf(visitor.event.get({ slug: draft.slug }))).toMatchObject({
    code: 'not_found',
  });
  expect(await visitor.event.get({ slug: closed.slug })).toMatchObject({ isClosed: true });
  expect(await visitor.event.availability({ slug: closed.slug })).toEqual([]);
});

test('a text with a NUL character is refused before anybody looks for it', async () => {
  const call = visitor.event.get({ slug: 'summer\0' });
  await expect(call).rejects.toMatchObject({ code: 'BAD_REQUEST' });
});

test('availability tells a number only when few are left', async () => {
  const event = await makeEvent(db, {}, now);
  const many = await makeType(db, event.id, { units: 21 });
  const few = await makeType(db, event.id, { units: 20 });
  const none = await makeType(db, event.id, { units: 0 });
  const inCarts = await makeType(db, event.id, { units: 1 });
  const startsAt = new Date(now.getTime() + hourMs);
  const soon = await makeType(db, event.id, { saleStartsAt: startsAt });
  const over = await makeType(db, event.id, { saleEndsAt: now });
  const lines = [{ typeNo: inCarts.no, quantity: 1 }];
  await (await testBuyer(db).call(now)).hold.place({ slug: event.slug, lines });
  expect(await visitor.event.availability({ slug: event.slug })).toEqual([
    { typeNo: many.no, state: 'on_sale', left: null },
    { typeNo: few.no, state: 'on_sale', left: 20 },
    { typeNo: none.no, state: 'sold_out', mayReturn: false },
    { typeNo: inCarts.no, state: 'sold_out', mayReturn: true },
    { typeNo: soon.no, state: 'not_started', startsAt },
    { typeNo: over.no, state: 'ended' },
  ]);
});

test('the seat map has every seat of the type once, and no map is of a type without seats', async () => {
  const event = await makeEvent(db, {}, now);
  const rows = [...seatRow(3, 'A'), ...seatRow(2, 'B')];
  const type = await makeType(db, event.id, { seats: rows });
  const plain = await makeType(db, event.id);
  const map = await visitor.event.seatMap({ slug: event.slug, typeNo: type.no });
  expect(map.rows.map(({ row, seats }) => [row, seats.length])).toEqual([
    ['A', 3],
    ['B', 2],
  ]);
  expect(map.rows.flatMap(({ seats }) => seats.map(({ id }) => id)).toSorted()).toEqual(
    type.seatIds.map(String).toSorted(),
  );
  expect(
    await refusalOf(visitor.event.seatMap({ slug: event.slug, typeNo: plain.no })),
  ).toMatchObject({ code: 'not_found' });
});

test('colours and pictures that are no colours and no paths of this site are left out', async () => {
  const look = { posterPath: 'https://elsewhere.example/x.svg', accent: 'red; x: y', ink: '#fff' };
  const event = await makeEvent(db, { look }, now);
  const { look: shown } = await visitor.event.get({ slug: event.slug });
  expect(shown).toEqual({ posterPath: null, colours: null });
});
