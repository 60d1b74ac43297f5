import { assert } from '@catraca/domain';
import type { SeatMapDocument } from '@catraca/domain/seat-map';
import { and, asc, eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { initSite } from '../../local-site.ts';
import { readSeatMap } from '../../queries/read-seat-map.ts';
import { seats, sites, stock } from '../../schema/index.ts';
import { makeEvent, makeType } from '../../seed/index.ts';
import { auditSales } from '../../testing/audit-sales.ts';
import { testDatabase } from '../../testing/index.ts';
import { pendingOrder, testSigningKey } from '../../testing/shop.ts';
import { placeHold } from '../holds/place-hold.ts';
import { settlePayment } from '../orders/settle-payment.ts';
import { saveSeatMap, type SeatMapDraft } from './save-seat-map.ts';

const { db } = await testDatabase();
await initSite(db, { number: 1, name: 'Test', kind: 'cloud' });
const now = new Date();
const key = await testSigningKey(db, now);
const actor = {
  ...{ organizationId: 'organization', kind: 'system' as const, id: null },
  ...{ address: null, userAgent: null },
};

const marks = { categories: {}, outOfSale: [] as number[], accessible: [], companions: [] };

interface Hall {
  seats?: number;
  typeNo?: number;
  outOfSale?: number[];
  name?: string;
}

/** One row of seats, `Stalls A 1` and so on. */
function hall({
  seats: count = 6,
  typeNo = 1,
  outOfSale = [],
  name = 'Stalls',
}: Hall = {}): SeatMapDocument {
  const numbering = { start: 1, scheme: 'left_to_right' as const, step: 1 };
  const row = {
    name: 'A',
    seats: count,
    numbering,
    curve: 0,
    shift: 0,
    marks: { ...marks, outOfSale },
  };
  return {
    ...{ format: 1, width: 800, height: 600, categories: [{ key: 'a', typeNo }] },
    items: [
      {
        ...{ kind: 'rows', id: 's', name, x: 0, y: 0, rotation: 0, category: 'a' },
        ...{ seatGap: 10, rowGap: 12, rows: [row] },
      },
    ],
  };
}

async function newEvent(types = 1) {
  const { id: eventId, currency } = await makeEvent(db, {}, now);
  const typeIds: bigint[] = [];
  for (let no = 0; no < types; no++)
    typeIds.push((await makeType(db, eventId, { units: 50, priceMinor: 1000 })).id);
  const save = (document: SeatMapDocument, draft: Partial<SeatMapDraft> = {}) =>
    saveSeatMap(
      db,
      eventId,
      { version: 1, document, noSingleSeats: false, keepTaken: false, ...draft },
      actor,
    );
  expect(await save(hall(), { version: 0 })).toEqual({ ok: true, version: 1, seats: 6 });
  return { eventId, currency, typeIds, save };
}

const seatsOfEvent = (eventId: bigint) =>
  db.select().from(seats).where(eq(seats.eventId, eventId)).orderBy(asc(seats.number));

async function stockOf(typeId: bigint | undefined) {
  assert(typeId !== undefined, 'there is a type');
  const [row] = await db
    .select()
    .from(stock)
    .where(and(eq(stock.typeId, typeId), eq(stock.site, 1)));
  return row && { quantity: row.quantity, held: row.held, sold: row.sold };
}

async function seatIds(eventId: bigint, numbers: number[]): Promise<bigint[]> {
  return (await seatsOfEvent(eventId))
    .filter(({ number }) => numbers.includes(number))
    .map(({ id }) => id);
}

async function hold(eventId: bigint, typeId: bigint | undefined, numbers: number[]) {
  return take(eventId, typeId, await seatIds(eventId, numbers));
}

function take(eventId: bigint, typeId: bigint | undefined, ids: bigint[]) {
  assert(typeId !== undefined, 'there is a type');
  return placeHold(db, { eventId, lines: [{ typeId, seatIds: ids }] }, now);
}

async function sell(
  { eventId, currency, typeIds }: Awaited<ReturnType<typeof newEvent>>,
  numbers: number[],
) {
  const [typeId = 0n] = typeIds;
  const request = { eventId, lines: [{ typeId, seatIds: await seatIds(eventId, numbers) }] };
  const providerRef = crypto.randomUUID();
  const order = await pendingOrder(db, request, providerRef, now);
  const money = { amountMinor: order.totalMinor, currency };
  await settlePayment(db, { provider: 'test', providerRef, ...money }, key, now);
}

test('H-4, H-5: seats and stock follow the map, and a type that was never sold gets its seats', async () => {
  const { eventId, typeIds, save } = await newEvent(2);
  expect(await stockOf(typeIds[0])).toEqual({ quantity: 6, held: 0, sold: 0 });
  const before = await seatsOfEvent(eventId);
  expect(before[0]).toMatchObject({ section: 'Stalls', row: 'A', number: 1, mapItem: 's' });
  expect(await save(hall({ seats: 8, outOfSale: [7] }))).toEqual({
    ok: true,
    version: 2,
    seats: 8,
  });
  const after = await seatsOfEvent(eventId);
  expect(after.slice(0, 6).map(({ id }) => id)).toEqual(before.map(({ id }) => id));
  expect(after.map(({ outOfSale }) => outOfSale)).toEqual([...Array<boolean>(7).fill(false), true]);
  expect(await stockOf(typeIds[0])).toEqual({ quantity: 7, held: 0, sold: 0 });
  expect(await save(hall({ seats: 4, typeNo: 2 }), { version: 2 })).toMatchObject({ ok: true });
  expect(await seatsOfEvent(eventId)).toHaveLength(4);
  expect(await stockOf(typeIds[0])).toEqual({ quantity: 0, held: 0, sold: 0 });
  expect(await stockOf(typeIds[1])).toEqual({ quantity: 4, held: 0, sold: 0 });
  expect((await readSeatMap(db, eventId)).types.map(({ seated }) => seated)).toEqual([true, true]);
});

test('H-4: a seat that is sold or held is not taken off, unless it may stay out of sale', async () => {
  const event = await newEvent();
  const { eventId, typeIds, save } = event;
  await sell(event, [5]);
  expect(await hold(eventId, typeIds[0], [6])).toMatchObject({ ok: true });
  expect(await save(hall({ seats: 4 }))).toEqual({
    ...{ ok: false, code: 'seats_taken', seats: ['Stalls · A · 5', 'Stalls · A · 6'] },
  });
  expect(await seatsOfEvent(eventId)).toHaveLength(6);
  expect(await save(hall({ seats: 4 }), { keepTaken: true })).toMatchObject({ ok: true, seats: 4 });
  expect(
    (await seatsOfEvent(eventId)).map(({ outOfSale, mapItem }) => [outOfSale, mapItem]),
  ).toEqual([
    ...Array.from({ length: 4 }, () => [false, 's']),
    ...[
      [true, null],
      [true, null],
    ],
  ]);
  expect(await stockOf(typeIds[0])).toEqual({ quantity: 6, held: 1, sold: 1 });
  expect(await auditSales(db)).toEqual([]);
  expect(await save(hall(), { version: 2 })).toMatchObject({ ok: true });
  expect((await seatsOfEvent(eventId)).some(({ outOfSale }) => outOfSale)).toBe(false);
});

test('H-4: a type that was sold without seats gets none, and a seat that is taken keeps its type', async () => {
  const event = await newEvent(2);
  const { eventId, typeIds, save } = event;
  await placeHold(db, { eventId, lines: [{ typeId: typeIds[1] ?? 0n, quantity: 1 }] }, now);
  expect(await save(hall({ typeNo: 2 }))).toEqual({ ok: false, code: 'not_seated', typeNos: [2] });
  expect(await save(hall({ typeNo: 9 }))).toEqual({ ok: false, code: 'not_seated', typeNos: [9] });
  const other = await newEvent(2);
  await sell(other, [1]);
  expect(await other.save(hall({ typeNo: 2 }))).toMatchObject({ code: 'seats_taken' });
  expect(await other.save(hall({ typeNo: 2 }), { keepTaken: true })).toMatchObject({ ok: true });
  expect(
    (await seatsOfEvent(other.eventId)).map(({ typeId }) => other.typeIds.indexOf(typeId)),
  ).toEqual([...[0, 1, 1, 1, 1, 1]]);
  expect(await auditSales(db)).toEqual([]);
});

test('H-4: of two who drew on the same version the second is told, and seats of another site are left alone', async () => {
  const { eventId, save } = await newEvent();
  const both = await Promise.all([save(hall({ seats: 7 })), save(hall({ seats: 8 }))]);
  expect(both.filter(({ ok }) => ok)).toHaveLength(1);
  expect(both).toContainEqual({ ok: false, code: 'edited_meanwhile', version: 2 });
  await db.insert(sites).values({ number: 2, name: 'Hall', kind: 'venue' });
  await db.update(seats).set({ site: 2 }).where(eq(seats.eventId, eventId));
  expect(await save(hall({ seats: 1 }), { version: 2 })).toMatchObject({ code: 'seats_elsewhere' });
});

test('a seat out of sale cannot be held', async () => {
  const { eventId, typeIds, save } = await newEvent();
  await save(hall({ outOfSale: [2] }));
  expect(await hold(eventId, typeIds[0], [3])).toMatchObject({ code: 'seat_taken' });
});

test('H-3: a hold leaves no single seats, where the map says so', async () => {
  const { eventId, typeIds, save } = await newEvent();
  await save(hall(), { noSingleSeats: true });
  const [second] = await seatIds(eventId, [1]);
  expect(await hold(eventId, typeIds[0], [2])).toEqual({
    ...{ ok: false, code: 'single_seats', seatIds: [second] },
  });
  expect(await hold(eventId, typeIds[0], [1, 2])).toMatchObject({ ok: true });
  expect(await hold(eventId, typeIds[0], [4])).toMatchObject({ code: 'single_seats' });
  expect(await hold(eventId, typeIds[0], [3, 4, 5])).toMatchObject({ ok: true });
});

test('H-4, H-5: buyers and an organizer at the same moment: whoever has a seat keeps it', async () => {
  for (let round = 0; round < 8; round++) {
    const event = await newEvent();
    const { eventId, typeIds, save } = event;
    const ids = await seatIds(eventId, [1, 2, 3, 4, 5, 6]);
    const wanted = ids.map((id) => take(eventId, typeIds[0], [id]));
    const [saved, ...held] = await Promise.all([save(hall({ seats: 2 })), ...wanted]);
    const kept = held.filter(({ ok }) => ok).length;
    const claimed = await stockOf(typeIds[0]);
    expect(claimed?.held).toBe(kept);
    if (saved.ok) expect(claimed?.quantity).toBe(2);
    else expect(saved.code).toBe('seats_taken');
    const lost = held.filter(
      (result) =>
        !result.ok &&
        !['seat_taken', 'unknown_seat', 'sold_out', 'not_enough'].includes(result.code),
    );
    expect(lost).toEqual([]);
  }
  expect(await auditSales(db)).toEqual([]);
});

test('the control: who looks without the lock takes away a seat that somebody has by then, and only the database refuses it', async () => {
  const { eventId, typeIds } = await newEvent();
  const [seatId = 0n] = await seatIds(eventId, [6]);
  const isTaken = async () => (await readSeatMap(db, eventId)).taken.length > 0;
  const looked = await isTaken();
  expect(await take(eventId, typeIds[0], [seatId])).toMatchObject({ ok: true });
  expect([looked, await isTaken()]).toEqual([false, true]);
  await expect(db.delete(seats).where(eq(seats.id, seatId))).rejects.toThrow();
});
