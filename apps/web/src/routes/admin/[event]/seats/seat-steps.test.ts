import { expect, test } from 'vitest';
import type { Item } from './seat-draft.svelte.ts';
import { seatBeside } from './seat-steps.ts';

const marks = { categories: {}, outOfSale: [], accessible: [], companions: [] };
const place = { x: 0, y: 0, rotation: 0 };
const numbering = { scheme: 'left_to_right' as const, start: 1, step: 1 };
const row = (name: string, seats: number) => ({
  ...{ name, seats, numbering, curve: 0, shift: 0, marks },
});
const hall: Item[] = [
  {
    ...{ ...place, kind: 'rows', id: 'stalls', name: 'Stalls', category: 'a' },
    ...{ seatGap: 22, rowGap: 26 },
    rows: [row('A', 3), row('B', 2)],
  },
  { ...place, kind: 'label', id: 'stage', name: 'Stage', shape: 'stage', width: 9, height: 9 },
  {
    ...{ ...place, kind: 'table', id: 'table', name: 'Table', category: 'a', shape: 'round' },
    ...{ radius: 20, seats: 4, marks },
  },
];
const [left, right, up, down] = [
  { x: -1, y: 0 },
  { x: 1, y: 0 },
  { x: 0, y: -1 },
  { x: 0, y: 1 },
] as const;
const at = (item: string, row: number, seat: number) => ({ item, row, place: seat });

test.each([
  ['the first of all', undefined, right, at('stalls', 0, 0)],
  ['along the row', at('stalls', 0, 1), right, at('stalls', 0, 2)],
  ['to the next row at its end', at('stalls', 0, 2), right, at('stalls', 1, 0)],
  ['back to the end of the row before', at('stalls', 1, 0), left, at('stalls', 0, 2)],
  ['to a shorter row', at('stalls', 0, 2), down, at('stalls', 1, 1)],
  ['up', at('stalls', 1, 1), up, at('stalls', 0, 1)],
  ['over what has no seats', at('stalls', 1, 1), right, at('table', 0, 0)],
  ['not beyond the first', at('stalls', 0, 0), left, undefined],
  ['not beyond the last', at('table', 0, 3), right, undefined],
  ['anew when its seat is gone', at('gone', 0, 3), down, at('stalls', 0, 0)],
])('an arrow goes %s', (_, from, step, to) => {
  expect(seatBeside(hall, from, step)).toEqual(to);
});

test('a hall without seats has none to go to', () => {
  expect(seatBeside([], undefined, right)).toBeUndefined();
});
