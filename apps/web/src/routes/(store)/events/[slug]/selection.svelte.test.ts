import { describe, expect, test } from 'vitest';
import { Selection } from './selection.svelte.ts';

const seat = (id: string) => ({ id, section: 'Stalls', row: 'A', number: Number(id) });

describe('a selection', () => {
  test('counts units and seats alike, and leaves out what is none', () => {
    const selection = new Selection();
    selection.setQuantity(1, 2);
    selection.setQuantity(2, 0);
    selection.setSeats(4, [seat('7'), seat('8')]);
    expect(selection.quantityOf(1)).toBe(2);
    expect(selection.quantityOf(2)).toBe(0);
    expect(selection.quantityOf(4)).toBe(2);
    expect(selection.lines()).toEqual([
      { typeNo: 1, quantity: 2 },
      { typeNo: 4, seatIds: ['7', '8'] },
    ]);
  });

  test('a seat that was taken goes, all else stays', () => {
    const selection = new Selection();
    selection.setQuantity(1, 2);
    selection.setSeats(4, [seat('7'), seat('8')]);
    expect(selection.dropSeats(['8', '9'])).toEqual([seat('8')]);
    expect(selection.lines()).toEqual([
      { typeNo: 1, quantity: 2 },
      { typeNo: 4, seatIds: ['7'] },
    ]);
  });

  test('shrinks to what is left and says so once', () => {
    const selection = new Selection();
    selection.setQuantity(1, 5);
    const few = { state: 'on_sale', left: 2, max: 2 } as const;
    expect(selection.fit(1, few)).toBe('lowered');
    expect(selection.fit(1, few)).toBeUndefined();
    expect(selection.quantityOf(1)).toBe(2);
    expect(selection.fit(1, { state: 'sold_out', mayReturn: false })).toBe('gone');
    expect(selection.lines()).toEqual([]);
  });

  test('is restored as it was recorded', () => {
    const before = new Selection();
    before.setQuantity(1, 2);
    before.setSeats(4, [seat('7')]);
    const after = new Selection();
    after.setQuantity(3, 1);
    after.restore(before.record());
    expect(after.lines()).toEqual(before.lines());
  });
});
