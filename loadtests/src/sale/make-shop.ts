import { type Db, ensurePersonalKeys, ensureSigningKey, holdKeysOf, initSite } from '@catraca/db';
import { localDate, makeAreas, makeEvent, makeType, seatRow } from '@catraca/db/seed';
import type { Offer } from './orders.ts';

/** Units of the hot type: more than any run can sell. */
const hotUnits = 1_000_000;

/** A seat map of five thousand. */
const rows = 50;
const seatsPerRow = 100;

/** An event on sale, with limits that no honest buyer meets. */
export async function makeShop(db: Db, masterKey: Uint8Array): Promise<Offer> {
  const now = new Date();
  await initSite(db, { number: 1, name: 'benchmark', kind: 'cloud' });
  await ensureSigningKey(db, masterKey, now);
  await ensurePersonalKeys(db, masterKey);
  await holdKeysOf(db, masterKey);
  const { id, slug, days } = await makeEvent(
    db,
    {
      ...{ slug: 'on-sale', name: 'Benchmark', dates: [localDate(now, 'UTC', 30)] },
      ...{ unitsPerBuyerMax: 10, unitsPerCardMax: 20, unitsPerNetworkMax: 40 },
    },
    now,
  );
  const [hall = 0n] = await makeAreas(db, id, [{ no: 1, name: 'Hall' }]);
  const opens = days.map(({ startsAt, endsAt }) => ({
    ...{ areaId: hall, startsAt: new Date(startsAt), endsAt: new Date(endsAt) },
  }));
  const price = { priceMinor: 4_500, feeMinor: 450, opens };
  const hot = await makeType(db, id, { ...price, name: { en: 'Hot ticket' }, units: hotUnits });
  const seats = Array.from({ length: rows }, (_, row) => seatRow(seatsPerRow, `R${row + 1}`));
  const seated = await makeType(db, id, {
    ...{ ...price, name: { en: 'Seat' }, seats: seats.flat() },
  });
  const seatIds = seated.seatIds.map(String);
  return { slug, typeNo: hot.no, seatedTypeNo: seated.no, seatIds };
}
