import { sql } from 'drizzle-orm';
import { beforeAll, describe, expect, test } from 'vitest';
import { openDb } from '../../client.ts';
import { initSite } from '../../local-site.ts';
import { makeEvent, makeType, seatRow, type MadeEvent } from '../../seed/index.ts';
import { auditSales } from '../../testing/audit-sales.ts';
import { testDatabase } from '../../testing/index.ts';
import { placed } from '../../testing/shop.ts';
import { expireHolds } from './expire-holds.ts';
import { holdLinesMax } from './hold-request.ts';
import { placeHold } from './place-hold.ts';
import { releaseHold } from './release-hold.ts';

const { db, url } = await testDatabase();
const now = new Date('2027-03-01T12:00:00Z');
const later = new Date(now.getTime() + 601_000);
let event: MadeEvent;

beforeAll(async () => {
  await initSite(db, { number: 1, name: 'test', kind: 'cloud' });
  event = await makeEvent(db, { holdTtlSeconds: 600 }, now);
});

async function stockOf(typeId: bigint): Promise<{ held: number; sold: number }> {
  const [row] = await db.execute<{ held: number; sold: number }>(
    sql`select held, sold from stock where type_id = ${typeId}`,
  );
  if (!row) throw new Error('no stock');
  return row;
}

const hold = (lines: Parameters<typeof placeHold>[1]['lines'], replaces?: string, at = now) =>
  placeHold(db, { eventId: event.id, lines, replaces }, at);

describe('S-1 never oversold', () => {
  test('200 buyers on the last 100 tickets: 100 get one, and not one more', async () => {
    const type = await makeType(db, event.id, { units: 100 });
    const crowd = openDb(url, { connections: 20 });
    const results = await Promise.all(
      Array.from({ length: 200 }, () =>
        placeHold(crowd, { eventId: event.id, lines: [{ typeId: type.id, quantity: 1 }] }, now),
      ),
    );
    await crowd.$client.end();
    expect(results.filter((result) => result.ok)).toHaveLength(100);
    expect(results.filter((result) => !result.ok && result.code === 'sold_out')).toHaveLength(100);
    expect(await stockOf(type.id)).toMatchObject({ held: 100, sold: 0 });
    expect(await auditSales(db)).toEqual([]);
  });

  test('S-2 200 buyers on the last 50 seats, four wanted seats each in any order: each seat goes once, and all go', async () => {
    const type = await makeType(db, event.id, { seats: seatRow(50, 'B') });
    const crowd = openDb(url, { connections: 20 });
    const results = await Promise.all(
      Array.from({ length: 200 }, (_, buyer) => {
        const wanted = [0, 7, 19, 3].map((step) => type.seatIds[(buyer * 13 + step) % 50] ?? 0n);
        const seatIds = buyer < 100 ? wanted : wanted.slice(0, 1);
        return placeHold(crowd, { eventId: event.id, lines: [{ typeId: type.id, seatIds }] }, now);
      }),
    );
    await crowd.$client.end();
    const seats = results
      .flatMap((result) => (result.ok ? result.hold.lines : []))
      .flatMap((line) => line.seatIds);
    expect(seats.toSorted()).toEqual(type.seatIds.toSorted());
    expect(
      results.every(
        (result) => result.ok || ['seat_taken', 'sold_out', 'not_enough'].includes(result.code),
      ),
    ).toBe(true);
    expect(await stockOf(type.id)).toMatchObject({ held: 50 });
    expect(await auditSales(db)).toEqual([]);
  });

  test('the same crowd, read first and written after without a lock: the race sells more than there is', async () => {
    await db.execute(sql`create table naive_stock (quantity int, held int)`);
    await db.execute(sql`insert into naive_stock values (100, 0)`);
    await db.execute(sql`create table naive_holds (n int)`);
    const crowd = openDb(url, { connections: 20 });
    await Promise.all(
      Array.from({ length: 200 }, () =>
        crowd.transaction(async (tx) => {
          const [row] = await tx.execute<{ quantity: number; held: number }>(
            sql`select * from naive_stock`,
          );
          if (!row || row.held >= row.quantity) return;
          await tx.execute(sql`insert into naive_holds values (1)`);
          await tx.execute(sql`update naive_stock set held = ${row.held + 1}`);
        }),
      ),
    );
    await crowd.$client.end();
    const sold = await db.execute(sql`select * from naive_holds`);
    expect(sold.length).toBeGreaterThan(100);
  });

  test('the database itself refuses one more, whatever the code says', async () => {
    const type = await makeType(db, event.id, { units: 1 });
    const statement = sql`update stock set held = 2 where type_id = ${type.id}`;
    await expect(db.execute(statement)).rejects.toMatchObject({
      cause: { constraint_name: 'stock_never_oversold' },
    });
  });

  test('crossed types and seats in one cart, in both orders at once: nobody waits in a circle', async () => {
    const one = await makeType(db, event.id, { units: 60 });
    const two = await makeType(db, event.id, { units: 60 });
    const three = await makeType(db, event.id, { seats: seatRow(40, 'C') });
    const crowd = openDb(url, { connections: 20 });
    const results = await Promise.all(
      Array.from({ length: 80 }, (_, buyer) => {
        const lines = [
          { typeId: one.id, quantity: 1 },
          { typeId: two.id, quantity: 1 },
          { typeId: three.id, seatIds: [type(three, buyer), type(three, buyer + 21)] },
        ];
        return placeHold(
          crowd,
          { eventId: event.id, lines: buyer % 2 ? lines : lines.reverse() },
          now,
        );
      }),
    );
    await crowd.$client.end();
    expect(results.some((result) => result.ok)).toBe(true);
    const [stats] = await db.execute<{ deadlocks: string }>(
      sql`select deadlocks from pg_stat_database where datname = current_database()`,
    );
    expect(stats?.deadlocks).toBe('0');
    expect(await auditSales(db)).toEqual([]);
  });
});

function type(of: { seatIds: bigint[] }, index: number): bigint {
  return of.seatIds[index % of.seatIds.length] ?? 0n;
}

describe('S-3 all or nothing', () => {
  test('S-2 two buyers on the last two seats: one has both, the other none', async () => {
    const { id: typeId, seatIds } = await makeType(db, event.id, { seats: seatRow(2, 'D') });
    const results = await Promise.all([
      hold([{ typeId, seatIds: [...seatIds] }]),
      hold([{ typeId, seatIds: [...seatIds].reverse() }]),
    ]);
    expect(results.filter((result) => result.ok)).toHaveLength(1);
    expect(results.find((result) => !result.ok)).toMatchObject({ code: 'sold_out', typeId });
    expect(await auditSales(db)).toEqual([]);
  });

  test('one line that cannot be had leaves the others untouched', async () => {
    const plenty = await makeType(db, event.id, { units: 10 });
    const seated = await makeType(db, event.id, { seats: seatRow(3, 'F') });
    const taken = seated.seatIds.slice(0, 1);
    placed(await hold([{ typeId: seated.id, seatIds: taken }]));
    const refused = await hold([
      { typeId: plenty.id, quantity: 2 },
      { typeId: seated.id, seatIds: seated.seatIds.slice(0, 2) },
    ]);
    expect(refused).toEqual({ ok: false, code: 'seat_taken', seatIds: taken });
    expect(await stockOf(plenty.id)).toMatchObject({ held: 0 });
    expect(await stockOf(seated.id)).toMatchObject({ held: 1 });
    expect(await auditSales(db)).toEqual([]);
  });

  test('a hold replaced by another: what it had counts as free, and it ends in the same instant', async () => {
    const { id: typeId, seatIds } = await makeType(db, event.id, { seats: seatRow(3, 'G') });
    const first = placed(await hold([{ typeId, seatIds: seatIds.slice(0, 2) }]));
    const second = placed(await hold([{ typeId, seatIds: [...seatIds] }], first.publicId));
    expect(await stockOf(typeId)).toMatchObject({ held: 3 });
    const refused = await hold([{ typeId, seatIds: seatIds.slice(0, 1) }], first.publicId);
    expect(refused).toMatchObject({ ok: false, code: 'sold_out' });
    expect(await releaseHold(db, second.publicId)).toEqual({ ok: true });
    expect(await stockOf(typeId)).toMatchObject({ held: 0 });
    expect(await auditSales(db)).toEqual([]);
  });

  test('a replacement that is refused leaves the hold as it was', async () => {
    const { id: typeId } = await makeType(db, event.id, { units: 3 });
    const first = placed(await hold([{ typeId, quantity: 2 }]));
    expect(await hold([{ typeId, quantity: 4 }], first.publicId)).toEqual({
      ok: false,
      code: 'not_enough',
      typeId,
      available: 3,
    });
    expect(await stockOf(typeId)).toMatchObject({ held: 2 });
    expect(await auditSales(db)).toEqual([]);
  });
});

describe('S-4 a hold past its time counts as gone', () => {
  test('before anybody swept it up: its ticket and its seat can be had', async () => {
    const counted = await makeType(db, event.id, { units: 1 });
    const seated = await makeType(db, event.id, { seats: seatRow(1, 'H') });
    const lines = [
      { typeId: counted.id, quantity: 1 },
      { typeId: seated.id, seatIds: seated.seatIds },
    ];
    placed(await hold(lines));
    expect(await hold(lines)).toMatchObject({ ok: false, code: 'sold_out' });
    expect(await hold(lines, undefined, later)).toMatchObject({ ok: true });
    expect(await auditSales(db)).toEqual([]);
  });

  test('the sweeper ends what is due and leaves the rest; two of them share the work', async () => {
    const { id: typeId } = await makeType(db, event.id, { units: 50 });
    for (let i = 0; i < 10; i++) placed(await hold([{ typeId, quantity: 2 }]));
    placed(await hold([{ typeId, quantity: 1 }], undefined, later));
    while (
      (await Promise.all([expireHolds(db, later, 3), expireHolds(db, later, 3)])).some((n) => n > 0)
    );
    expect(await stockOf(typeId)).toMatchObject({ held: 1 });
    expect(await auditSales(db)).toEqual([]);
  });
});

describe('S-10 what may be asked for', () => {
  test('types that are unknown, not on sale, or bought the other way', async () => {
    const sold = await makeType(db, event.id, { saleEndsAt: now });
    const soon = await makeType(db, event.id, { saleStartsAt: later });
    const crew = await makeType(db, event.id, { kind: 'credential' });
    const seated = await makeType(db, event.id, { seats: seatRow(1, 'I') });
    const counted = await makeType(db, event.id, { unitsPerOrderMax: 4 });
    const one = (typeId: bigint) => hold([{ typeId, quantity: 1 }]);
    expect(await one(sold.id)).toMatchObject({ code: 'not_on_sale', saleEndsAt: now });
    expect(await one(soon.id)).toMatchObject({ code: 'not_on_sale', saleStartsAt: later });
    expect(await one(crew.id)).toMatchObject({ code: 'unknown_type' });
    expect(await one(seated.id)).toMatchObject({ code: 'seats_needed' });
    expect(await hold([{ typeId: counted.id, seatIds: seated.seatIds }])).toMatchObject({
      code: 'has_no_seats',
    });
    expect(await hold([{ typeId: counted.id, quantity: 5 }])).toMatchObject({
      code: 'too_many',
      unitsPerOrderMax: 4,
    });
    const foreign = (await makeType(db, event.id, { seats: seatRow(1, 'J') })).seatIds;
    expect(await hold([{ typeId: seated.id, seatIds: foreign }])).toEqual({
      ok: false,
      code: 'unknown_seat',
      seatIds: foreign,
    });
    expect(
      await placeHold(db, { eventId: 1n, lines: [{ typeId: counted.id, quantity: 1 }] }, now),
    ).toMatchObject({ code: 'unknown_event' });
  });

  test.each([
    ['nothing', []],
    ['less than one', [{ typeId: 1n, quantity: 0 }]],
    ['half a ticket', [{ typeId: 1n, quantity: 1.5 }]],
    ['no seats', [{ typeId: 1n, seatIds: [] }]],
    ['a seat twice', [{ typeId: 1n, seatIds: [2n, 2n] }]],
    [
      'a type twice',
      [
        { typeId: 1n, quantity: 1 },
        { typeId: 1n, quantity: 1 },
      ],
    ],
    [
      'too many lines',
      Array.from({ length: holdLinesMax + 1 }, (_, i) => ({ typeId: BigInt(i), quantity: 1 })),
    ],
  ])('%s', async (_what, lines) => {
    expect(await hold(lines)).toEqual({ ok: false, code: 'malformed' });
  });
});
