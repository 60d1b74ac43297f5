import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDb, type Db } from '../../client.ts';
import { initSite } from '../../local-site.ts';
import { makeEvent, makeType, seatRow, type MadeEvent } from '../../seed/index.ts';
import { auditSales } from '../../testing/audit-sales.ts';
import { testDatabase } from '../../testing/index.ts';
import type { HoldRequest } from './hold-request.ts';
import { placeHold, placeHolds, type HoldResult } from './place-hold.ts';

/*
 * Two processes with a queue each: what one has in a batch it decides in memory, and between the two the stock's row decides.
 */

const { db, url } = await testDatabase();
const now = new Date('2027-03-01T12:00:00Z');
const processes = [openDb(url), openDb(url)];
let event: MadeEvent;

beforeAll(async () => {
  await initSite(db, { number: 1, name: 'test', kind: 'cloud' });
  event = await makeEvent(db, {}, now);
});

afterAll(async () => {
  for (const one of processes) await one.$client.end();
});

/** All at once, on both processes in turn. */
function all(requests: Omit<HoldRequest, 'eventId'>[]): Promise<HoldResult[]> {
  return Promise.all(
    requests.map((request, index) =>
      placeHold(processes[index % 2] ?? db, { eventId: event.id, ...request }, now),
    ),
  );
}

const repeat = <Item>(count: number, make: (index: number) => Item) =>
  Array.from({ length: count }, (_, index) => make(index));

const granted = (results: HoldResult[]) =>
  results.flatMap((result) => (result.ok ? [result.hold] : []));

describe('S-1, S-2 five hundred at once, on two processes', () => {
  test('on the last hundred units: not one more is held, and who asks for less than is left gets it', async () => {
    const type = await makeType(db, event.id, { units: 100 });
    const results = await all(
      repeat(500, (index) => ({ lines: [{ typeId: type.id, quantity: 1 + (index % 3) }] })),
    );
    const units = granted(results).flatMap(({ lines }) => lines.map(({ quantity }) => quantity));
    expect(units.reduce((sum, quantity) => sum + quantity, 0)).toBe(100);
    const refused = new Set(results.flatMap((result) => (result.ok ? [] : [result.code])));
    expect(refused.has('sold_out')).toBe(true);
    expect(await auditSales(db)).toEqual([]);
  });

  test('on the same two hundred of five thousand seats: each seat goes once, and nobody has half of what they chose', async () => {
    const rows = repeat(50, (row) => seatRow(100, `R${row}`)).flat();
    const type = await makeType(db, event.id, { seats: rows });
    const wanted = repeat(500, (buyer) =>
      [0, 1, 2, 3].map((step) => type.seatIds[(buyer * 37 + step) % 200] ?? 0n),
    );
    const results = await all(wanted.map((seatIds) => ({ lines: [{ typeId: type.id, seatIds }] })));
    const seats = granted(results).flatMap(({ lines }) => lines.flatMap((line) => line.seatIds));
    expect(seats).toHaveLength(4 * granted(results).length);
    expect(new Set(seats).size).toBe(seats.length);
    const taken = new Set(seats);
    results.forEach((result, buyer) => {
      if (result.ok) return;
      expect(result).toMatchObject({ code: 'seat_taken' });
      expect(wanted[buyer]?.some((id) => taken.has(id))).toBe(true);
    });
    expect(await auditSales(db)).toEqual([]);
  });

  test('changing their minds over and over: what each gives back is had by the others in the same batch', async () => {
    const type = await makeType(db, event.id, { units: 60 });
    const first = granted(
      await all(repeat(30, () => ({ lines: [{ typeId: type.id, quantity: 2 }] }))),
    );
    expect(first).toHaveLength(30);
    const again = await all(
      first.map(({ publicId }) => ({
        lines: [{ typeId: type.id, quantity: 1 }],
        replaces: publicId,
      })),
    );
    expect(granted(again)).toHaveLength(30);
    expect(
      granted(await all(repeat(31, () => ({ lines: [{ typeId: type.id, quantity: 1 }] })))),
    ).toHaveLength(30);
    expect(await auditSales(db)).toEqual([]);
  });

  test('replacing the same hold twice in one batch gives it back once', async () => {
    const type = await makeType(db, event.id, { units: 3 });
    const line = { typeId: type.id, quantity: 2 };
    const [mine] = granted(await all([{ lines: [line] }]));
    const replacing = {
      request: { eventId: event.id, lines: [line], replaces: mine?.publicId },
      now,
    };
    const [first, second] = await placeHolds(db, [replacing, replacing]);
    expect(first).toMatchObject({ ok: true });
    expect(await second).toMatchObject({ ok: false, code: 'not_enough', available: 1 });
    expect(await auditSales(db)).toEqual([]);
  });
});

test('one request refused, malformed or impossible: the others of its batch are answered as ever', async () => {
  const type = await makeType(db, event.id, { units: 2 });
  const eventId = event.id;
  const jobs = [
    { eventId, lines: [] },
    { eventId, lines: [{ typeId: type.id, quantity: 1 }] },
    { eventId: 1n, lines: [{ typeId: type.id, quantity: 1 }] },
    { eventId, lines: [{ typeId: type.id, quantity: 2 }] },
    { eventId: 2n ** 70n, lines: [{ typeId: type.id, quantity: 1 }] },
  ].map((request) => placeHold(db, request, now).catch((error: unknown) => error));
  expect(await Promise.all(jobs)).toMatchObject([
    { code: 'malformed' },
    { ok: true },
    { code: 'unknown_event' },
    { code: 'not_enough', available: 1 },
    { code: '22003' },
  ]);
});

test('the same crowd without the lock on the stock sells more than there is', async () => {
  const type = await makeType(db, event.id, { units: 100 });
  await db.execute(sql`alter table stock drop constraint stock_never_oversold`);
  await Promise.all(repeat(250, (index) => placeUnlocked(processes[index % 2] ?? db, type.id, 2)));
  const [row] = await db.execute<{ held: number }>(
    sql`select held from stock where type_id = ${type.id}`,
  );
  expect(row?.held).toBeGreaterThan(100);
});

/** As `placeHolds` does, but for the lock: read, decide, write. */
async function placeUnlocked(pool: Db, typeId: bigint, quantity: number): Promise<void> {
  await pool.transaction(async (tx) => {
    const [row] = await tx.execute<{ free: number }>(
      sql`select quantity - held - sold as free from stock where type_id = ${typeId}`,
    );
    if (!row || row.free < quantity) return;
    await tx.execute(sql`update stock set held = held + ${quantity} where type_id = ${typeId}`);
  });
}
