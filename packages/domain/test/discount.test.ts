import { expect, test } from 'vitest';
import { discountOf, taxWithin } from '../src/index.ts';

test.each([
  ['access', 0, 1000, 0],
  ['percent', 15, 1000, 150],
  ['percent', 15, 999, 150],
  ['percent', 100, 999, 999],
  ['amount', 300, 1000, 300],
  ['amount', 3000, 1000, 1000],
  ['price', 400, 1000, 600],
  ['price', 1400, 1000, 0],
] as const)('S-25 a code of %s %d takes of %d: %d', (kind, value, price, off) => {
  expect(discountOf({ kind, value }, price)).toBe(off);
});

test.each([
  [12_000, 2_000, 2_000],
  [10_700, 700, 700],
  [999, 2_300, 187],
  [0, 2_000, 0],
  [1000, 0, 0],
])('S-26 in %d with %d basis points is tax of %d', (gross, basisPoints, tax) => {
  expect(taxWithin(gross, basisPoints)).toBe(tax);
});
