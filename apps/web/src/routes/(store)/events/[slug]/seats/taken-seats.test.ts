import { expect, test } from 'vitest';
import { seatChanges, type TakenSeats } from '#lib/server/push/taken-seats.ts';
import { changed, wholeOf } from './taken-seats.ts';

const none = new Set<string>();
const before: TakenSeats = new Map([
  ['1', 'held'],
  ['2', 'held'],
  ['3', 'sold'],
]);
const after: TakenSeats = new Map([
  ['2', 'sold'],
  ['3', 'sold'],
  ['4', 'held'],
]);

test('a page that is told each change knows what one knows that is told the whole', () => {
  const told = changed(before, JSON.stringify(seatChanges(before, after)), none);
  expect(new Map([...told].sort())).toEqual(wholeOf(JSON.stringify([...after]), none));
});

test('nothing is told of seats that stay as they are', () => {
  expect(seatChanges(before, before)).toEqual([]);
  expect(seatChanges(before, after)).toEqual([
    ['1', 'free'],
    ['2', 'sold'],
    ['4', 'held'],
  ]);
});

test('the buyer’s own seats are free for the buyer', () => {
  const own = new Set(['2', '4']);
  expect([...wholeOf(JSON.stringify([...before]), own).keys()]).toEqual(['1', '3']);
  const told = changed(before, JSON.stringify(seatChanges(before, after)), own);
  expect([...told.keys()]).toEqual(['3']);
});
