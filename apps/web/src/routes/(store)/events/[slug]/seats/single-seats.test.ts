import { expect, test } from 'vitest';
import { planOf } from './seat-plan.ts';
import { singlesOf } from './single-seats.ts';

const plan = planOf({
  ...{ drawn: [], noSingleSeats: true },
  rows: ['A', ''].map((row) => ({
    ...{ section: row === '' ? 'Table 1' : 'Stalls', row },
    seats: [1, 2, 3, 4, 5].map((number) => ({
      ...{ id: `${row}${number}`, number, x: number * 10, y: row === '' ? 50 : 0 },
      ...{ accessible: false, companion: false, outOfSale: row === 'A' && number === 5 },
    })),
  })),
});
const singles = (...chosen: string[]) =>
  singlesOf(
    plan,
    chosen.map((id) => ({ id })),
    new Map([['A4', 'sold']]),
  ).map(({ id }) => id);

test('H-3: a choice names the seats it would leave alone, in rows and not at tables', () => {
  expect(singles('A2')).toEqual(['A1', 'A3']);
  // Two of three are all there is in this row.
  expect(singles('A1', 'A2')).toEqual([]);
  expect(singles('A1', 'A2', 'A3')).toEqual([]);
  expect(singles('2')).toEqual([]);
});
