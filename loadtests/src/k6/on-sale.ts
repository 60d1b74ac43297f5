import { type Db, setWaitingRoom } from '@catraca/db';
import { auditSales } from '@catraca/db/testing/audit-sales';
import { makeType, type SeatDraft } from '@catraca/db/seed';
import { counted, equal, type Finding } from './report.ts';
import type { Scenario } from './scenario.ts';
import { makeVenue } from './venue.ts';

/** 100 rows of 50 seats. */
const seatRows = 100;
const seatsPerRow = 50;

/** Of the hot type there is for so many of those who want it. */
const stockShare = 0.6;
const unitsEach = 2;

/** People come within this (ms) of the beginning; the room opens in the middle of it. */
const arriveMs = 10_000;

export const onSale: Scenario = {
  about:
    'buyers rush one hot type and a seat map of 5,000 seats through the waiting room and the shop',
  scale: { people: 600, gates: 2, minutes: 3, walls: 1, rate: 600 },
  needsWeb: true,
  async run({ site, scale, say, k6 }) {
    const { db, masterKey } = site;
    const { people, rate, minutes } = scale;
    const venue = await makeVenue(db, masterKey, { gates: 2, devices: 1 });
    const stock = Math.ceil((people / 2) * stockShare) * unitsEach;
    const dayMs = 86_400_000;
    const window = { startsAt: new Date(Date.now() - dayMs), endsAt: new Date(Date.now() + dayMs) };
    const opens = [{ areaId: venue.hall, ...window }];
    const hot = await makeType(db, venue.eventId, {
      ...{ name: { en: 'Hot' }, priceMinor: 9_000, feeMinor: 900, units: stock, opens },
    });
    const seated = await makeType(db, venue.eventId, {
      ...{ name: { en: 'Seat' }, priceMinor: 12_000, seats: seatMap(), opens },
    });
    await Promise.all([site.startOther('web'), site.startOther('worker')]);
    await setWaitingRoom(db, venue.eventId, {
      ...{ opensAt: new Date(Date.now() + arriveMs / 2), turnSeconds: 600 },
      ...{ perMinuteMax: rate, shoppersMax: 200 },
    });
    site.write('rows', rowsOf(seated.seatIds.map(String)));
    site.write('settings', {
      ...{ webUrl: site.webUrl, slug: venue.slug, hotTypeNo: hot.no, seatedTypeNo: seated.no },
      ...{ people, arriveMs, durationMs: minutes * 60_000 },
    });
    say(`k6: ${people} buyers for ${stock} units and ${seatRows * seatsPerRow} seats`);
    const result = await k6();
    const [paid = 0, soldOut = 0, notServed = 0] = ['orders_paid', 'sold_out', 'not_served'].map(
      (name) => counted(result, name),
    );
    return {
      k6: result,
      figures: [
        ['orders paid', String(paid)],
        [
          'buyers who got nothing: sold out, or others were quicker for their seats each time',
          String(soldOut),
        ],
        ['buyers whose turn did not come in time', String(notServed)],
        ['answers "busy"', String(counted(result, 'busy'))],
      ],
      books: [
        equal('buyers who came to an end', people, paid + soldOut + notServed),
        ...(await checkSales(db, paid)),
        ...(await checkStock(db, hot.id, stock)),
      ],
    };
  },
};

function seatMap(): SeatDraft[] {
  return Array.from({ length: seatRows * seatsPerRow }, (_, index) => {
    const [row, number] = [Math.floor(index / seatsPerRow), index % seatsPerRow];
    const place = { x: number * 10, y: row * 10 };
    return {
      section: 'Hall',
      row: String(row + 1),
      number: number + 1,
      accessible: false,
      ...place,
    };
  });
}

function rowsOf(seatIds: readonly string[]): string[][] {
  return Array.from({ length: seatRows }, (_, row) =>
    seatIds.slice(row * seatsPerRow, (row + 1) * seatsPerRow),
  );
}

/** Sales, money and passes, of the whole database. */
async function checkSales(db: Db, paid: number): Promise<Finding[]> {
  const [books] = await db.$client<Record<string, number>[]>`
    select
      (select count(*) from orders where state = 'paid')::int as orders,
      (select coalesce(sum(total_minor), 0) from orders where state = 'paid')::int as owed,
      (select coalesce(sum(amount_minor), 0) from payments where state = 'succeeded')::int as money,
      (select count(*) from order_lines l join orders o on o.id = l.order_id where o.state = 'paid')::int as units,
      (select count(*) from passes)::int as passes,
      (select count(*) from (
        select from passes where seat_id is not null group by seat_id having count(*) > 1) s)::int as "seatsTwice"`;
  return [
    equal('orders that buyers were told are paid, and orders', paid, books?.['orders']),
    equal('money of the orders, and money taken', books?.['owed'], books?.['money']),
    equal('units of paid orders, and passes', books?.['units'], books?.['passes']),
    equal('seats that were sold twice', 0, books?.['seatsTwice']),
    equal('sales, stock, seats, passes and money compared', [], await auditSales(db)),
  ];
}

async function checkStock(db: Db, hotId: bigint, stock: number): Promise<Finding[]> {
  const [oversold] = await db.$client<{ count: number }[]>`
    select count(*)::int as count from stock where held + sold > quantity`;
  const [hot] = await db.$client<{ units: number }[]>`
    select count(*)::int as units from passes where type_id = ${String(hotId)}`;
  return [
    equal('types of which more was sold than there is', 0, oversold?.count),
    {
      ...equal('units of the hot type that were sold', `at most ${stock}`, hot?.units),
      ok: (hot?.units ?? Infinity) <= stock,
    },
  ];
}
