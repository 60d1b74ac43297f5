import { expect, test } from 'vitest';
import { allotmentParts, parseWhole, venueOf } from './allotment.ts';

test('what is free is neither sold, nor in a cart here, nor on its way there', () => {
  const type = {
    here: { units: 60, held: 5, sold: 20 },
    there: { units: 40, sold: 10 },
    onTheWay: 8,
  };
  expect(allotmentParts(type)).toEqual({ freeHere: 35, freeThere: 22 });
});

test('the venue is one of the two, wherever one looks from', () => {
  type Site = { kind: 'cloud' | 'venue' };
  const [cloud, venue]: [Site, Site] = [{ kind: 'cloud' }, { kind: 'venue' }];
  expect(venueOf(cloud, venue)).toBe(venue);
  expect(venueOf(venue, cloud)).toBe(venue);
});

test.each([
  ['12', 12],
  [' 1 ', 1],
  ['0', undefined],
  ['13', undefined],
  ['1.5', undefined],
  ['-1', undefined],
  ['', undefined],
])('%j as a number from 1 to 12 is %s', (text, value) => {
  expect(parseWhole(text, 1, 12)).toBe(value);
});
