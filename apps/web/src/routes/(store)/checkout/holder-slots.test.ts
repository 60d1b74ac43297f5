import { expect, test } from 'vitest';
import { holdersOf, slotsOf } from './holder-slots.ts';

const words = { name: { en: '' }, colour: '#000000', priceMinor: 0, feeMinor: 0, discountMinor: 0 };
const seat = (id: string, number: number) => ({ id, section: 'Stalls', row: 'A', number });
const hold = {
  lines: [
    { ...words, typeNo: 1, seated: false, passesPerUnit: 1, quantity: 2, seats: [] },
    {
      ...{ ...words, typeNo: 4, seated: true, passesPerUnit: 1, quantity: 2 },
      seats: [seat('70', 7), seat('80', 8)],
    },
    { ...words, typeNo: 6, seated: false, passesPerUnit: 3, quantity: 1, seats: [] },
  ],
};

test('each pass has a slot: a ticket one, a seat one, a group as many as people', () => {
  const slots = slotsOf(hold);
  expect(slots.map(({ key }) => key)).toEqual([
    ...['1/1/1', '1/2/1'],
    ...['4/70/1', '4/80/1'],
    ...['6/1/1', '6/1/2', '6/1/3'],
  ]);
  expect(slots.at(-1)).toMatchObject({ unit: 1, units: 1, person: 3, persons: 3 });
});

test('names go to the API by type in order, and by seat', () => {
  const names: Record<string, string> = { '1/2/1': 'Bea', '4/80/1': 'Cid', '6/1/3': 'Eva' };
  expect(holdersOf(slotsOf(hold), ({ key }) => names[key] ?? '')).toEqual([
    { typeNo: 1, names: ['', 'Bea'] },
    { typeNo: 4, seatId: '70', names: [''] },
    { typeNo: 4, seatId: '80', names: ['Cid'] },
    { typeNo: 6, names: ['', '', 'Eva'] },
  ]);
});
