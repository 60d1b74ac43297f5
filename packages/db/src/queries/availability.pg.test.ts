import { beforeAll, expect, test } from 'vitest';
import { expireHolds } from '../commands/holds/expire-holds.ts';
import { placeHold } from '../commands/holds/place-hold.ts';
import { initSite } from '../local-site.ts';
import { makeEvent, makeType, seatRow, type MadeEvent, type MadeType } from '../seed/index.ts';
import { testDatabase } from '../testing/index.ts';
import { placed } from '../testing/shop.ts';
import { listTakenSeats } from './list-seats.ts';
import { listStock } from './list-stock.ts';

const { db } = await testDatabase();
const now = new Date();
const anHourAgo = new Date(now.getTime() - 3_600_000);
let event: MadeEvent;
let counted: MadeType;
let seated: MadeType;

beforeAll(async () => {
  await initSite(db, { number: 1, name: 'test', kind: 'cloud' });
  event = await makeEvent(db, {}, now);
  counted = await makeType(db, event.id, { units: 10 });
  seated = await makeType(db, event.id, { seats: seatRow(4) });
});

async function heldUnits(): Promise<number[]> {
  return (await listStock(db, event.slug, 1)).map((row) => row.held);
}

async function takenSeats(): Promise<bigint[]> {
  return (await listTakenSeats(db, event.slug, seated.no)).map((seat) => seat.id);
}

test('S-4 a hold past its time is not shown as held, before it is swept up and after', async () => {
  const [old = 0n, fresh = 0n] = seated.seatIds;
  const hold = (quantity: number, seatId: bigint, at: Date) => {
    const lines = [
      { typeId: counted.id, quantity },
      { typeId: seated.id, seatIds: [seatId] },
    ];
    return placeHold(db, { eventId: event.id, lines }, at).then(placed);
  };
  await hold(3, old, anHourAgo);
  const living = await hold(2, fresh, now);
  expect([await heldUnits(), await takenSeats()]).toEqual([[2, 1], [fresh]]);
  expect(await listTakenSeats(db, event.slug, seated.no)).toEqual([
    { id: fresh, holdPublicId: living.publicId },
  ]);
  expect(await expireHolds(db, now, 10)).toBe(1);
  expect([await heldUnits(), await takenSeats()]).toEqual([[2, 1], [fresh]]);
});
