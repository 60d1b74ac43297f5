import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AssertionError, available, stockRefusal, type Stock } from '../src/index.ts';

const anyStock: fc.Arbitrary<Stock> = fc
  .tuple(fc.nat(50), fc.nat(50), fc.nat(50))
  .map(([held, sold, rest]) => ({ quantity: held + sold + rest, held, sold }));

test('S-1 what may be held is what is neither held nor sold, never less than nothing', () => {
  fc.assert(
    fc.property(
      anyStock,
      fc.integer({ min: 1, max: 60 }),
      fc.integer({ min: 1, max: 60 }),
      (stock, units, max) => {
        const refusal = stockRefusal(stock, units, max);
        expect(available(stock)).toBeGreaterThanOrEqual(0);
        if (refusal === undefined) {
          expect(available({ ...stock, held: stock.held + units })).toBe(available(stock) - units);
        }
      },
    ),
  );
});

test('S-1 an oversold stock is a bug', () => {
  expect(() => available({ quantity: 3, held: 2, sold: 2 })).toThrow(AssertionError);
  expect(() => available({ quantity: 3, held: -1, sold: 2 })).toThrow(AssertionError);
});

test.each([
  [{ quantity: 10, held: 3, sold: 4 }, 3, 5, undefined],
  [{ quantity: 10, held: 3, sold: 4 }, 4, 5, 'not_enough'],
  [{ quantity: 10, held: 6, sold: 4 }, 1, 5, 'sold_out'],
  [{ quantity: 10, held: 0, sold: 0 }, 6, 5, 'too_many'],
  [{ quantity: 10, held: 6, sold: 4 }, 6, 5, 'too_many'],
] as const)('S-1 S-10 of %j %i units, at most %i: %s', (stock, units, max, refusal) => {
  expect(stockRefusal(stock, units, max)).toBe(refusal);
});
