import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  askedUnits,
  available,
  giveSeats,
  giveUnits,
  planSplit,
  receiveUnits,
  unitsToAsk,
  usualSplit,
  type Part,
  type Stock,
} from '../../src/index.ts';

const anyStock: fc.Arbitrary<Stock> = fc
  .tuple(fc.nat(50), fc.nat(50), fc.nat(50))
  .map(([held, sold, rest]) => ({ quantity: held + sold + rest, held, sold }));

describe('units between two sites', () => {
  test('Y-10 a site gives what is free, and no more', () => {
    fc.assert(
      fc.property(anyStock, fc.integer({ min: 1, max: 60 }), (stock, units) => {
        const rest = giveUnits(stock, units);
        if ('refused' in rest) {
          expect(units).toBeGreaterThan(available(stock));
          return;
        }
        expect(available(rest)).toBe(available(stock) - units);
        expect(receiveUnits(rest, units)).toEqual(stock);
      }),
    );
  });

  test('Y-11 a site that is asked gives what it has beyond what it keeps', () => {
    const stock = { quantity: 30, held: 4, sold: 6 };
    expect(askedUnits(stock, 5, 10)).toBe(5);
    expect(askedUnits(stock, 50, 10)).toBe(10);
    expect(askedUnits(stock, 50, 30)).toBe(0);
    expect(askedUnits(stock, 0, 0)).toBe(0);
  });

  test('Y-11 who lacks units asks for them, with some for those who come next', () => {
    expect(unitsToAsk(5, 5, usualSplit)).toBe(0);
    expect(unitsToAsk(5, 8, usualSplit)).toBe(3 + usualSplit.unitsKept);
  });

  test('Y-12 a seat goes once, with its unit, when nobody claims it here', () => {
    const stock = { quantity: 4, held: 1, sold: 0 };
    const given = giveSeats(stock, new Set(['A1', 'A2', 'A3']), ['A1', 'A1', 'B9', 'A3']);
    expect(given).toEqual({ stock: { ...stock, quantity: 2 }, seats: ['A1', 'A3'] });
    const few = giveSeats({ ...stock, held: 3 }, new Set(['A1', 'A2']), ['A1', 'A2']);
    expect(few).toEqual({ stock: { ...stock, held: 3, quantity: 3 }, seats: ['A1'] });
  });
});

describe('Y-13 how the rest is split', () => {
  const part = (free: number, soldLately = 0): Part => ({ free, soldLately });

  test('as it is where nobody sells, but for a few that each has', () => {
    expect(planSplit(part(1000), part(0), usualSplit)).toEqual({ kind: 'give', units: 10 });
    expect(planSplit(part(990), part(10), usualSplit)).toEqual({ kind: 'leave' });
    expect(planSplit(part(0), part(500), usualSplit)).toEqual({ kind: 'ask_back', units: 10 });
    expect(planSplit(part(0, 5), part(0, 7), usualSplit)).toEqual({ kind: 'leave' });
  });

  test('to where it is sold, the more so the more is sold', () => {
    expect(planSplit(part(500), part(500, 2), usualSplit)).toEqual({ kind: 'leave' });
    expect(planSplit(part(500), part(500, 20), usualSplit)).toEqual({ kind: 'give', units: 250 });
    expect(planSplit(part(500, 20), part(500), usualSplit)).toEqual({
      kind: 'ask_back',
      units: 250,
    });
    expect(planSplit(part(500, 20), part(500, 20), usualSplit)).toEqual({ kind: 'leave' });
  });

  test('each keeps a few, as long as there are enough', () => {
    expect(planSplit(part(1000, 0), part(0, 99_999), usualSplit)).toEqual({
      kind: 'give',
      units: 990,
    });
    expect(planSplit(part(7, 0), part(0, 9999), usualSplit)).toEqual({ kind: 'give', units: 4 });
    expect(planSplit(part(1), part(0), usualSplit)).toEqual({ kind: 'leave' });
  });

  test('a manager may set it', () => {
    const share = (venueShare: number) => ({ ...usualSplit, venueShare });
    expect(planSplit(part(100, 99), part(0), share(0.25))).toEqual({ kind: 'give', units: 25 });
    expect(planSplit(part(60), part(40), share(0))).toEqual({ kind: 'ask_back', units: 40 });
    expect(planSplit(part(3), part(97), share(1))).toEqual({ kind: 'give', units: 3 });
  });

  test('small differences are let be, unless a site has nothing left', () => {
    expect(planSplit(part(540, 50), part(460, 50), usualSplit)).toEqual({ kind: 'leave' });
    expect(planSplit(part(20), part(0), { ...usualSplit, slack: 0.9 })).toEqual({
      kind: 'give',
      units: 10,
    });
  });

  test('nothing goes to and fro: while sales go on as they do, all steps go one way, and end', () => {
    const count = fc.nat(2000);
    const share = fc.option(fc.double({ min: 0, max: 1, noNaN: true }));
    fc.assert(
      fc.property(count, count, count, count, share, (a, b, soldA, soldB, venueShare) => {
        const rules = { ...usualSplit, venueShare };
        let [cloud, venue] = [part(a, soldA), part(b, soldB)];
        const kinds = new Set<string>();
        for (let step = 0; step < 100; step++) {
          const planned = planSplit(cloud, venue, rules);
          if (planned.kind === 'leave') return;
          kinds.add(planned.kind);
          expect(kinds.size).toBe(1);
          const moved = planned.kind === 'give' ? planned.units : -planned.units;
          cloud = part(cloud.free - moved, soldA);
          venue = part(venue.free + moved, soldB);
          expect(Math.min(cloud.free, venue.free)).toBeGreaterThanOrEqual(0);
        }
        expect.unreachable('the steps have no end');
      }),
    );
  });
});
