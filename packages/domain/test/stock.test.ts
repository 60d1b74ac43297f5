import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AssertionError, available, type Stock } from '../src/index.ts';

const anyStock: fc.Arbitrary<Stock> = fc
  .tuple(fc.nat(50), fc.nat(50), fc.nat(50))
  .map(([held, sold, rest]) => ({ quantity: held + sold + rest, held, sold }));

test('S-1 what may be held is what is neither held nor sold, never less than nothing', () => {
  fc.assert(
    fc.property(anyStock, (stock) => {
      const rest = available(stock);
      expect(rest).toBeGreaterThanOrEqual(0);
      expect(available({ ...stock, held: stock.held + rest })).toBe(0);
    }),
  );
});

test('S-1 an oversold stock is a bug', () => {
  expect(() => available({ quantity: 3, held: 2, sold: 2 })).toThrow(AssertionError);
  expect(() => available({ quantity: 3, held: -1, sold: 2 })).toThrow(AssertionError);
});
