import { expect, test } from 'vitest';
import { clockWords, exchangedWords, linkStateName } from './link-state.ts';

test.each([
  [0, 'agrees'],
  [-1_999, 'agrees'],
  [2_000, '2 seconds ahead'],
  [-90_000, '2 minutes behind'],
  [7_200_000, '2 hours ahead'],
])('a clock that is %i ms ahead: %s', (aheadMs, words) => {
  expect(clockWords(aheadMs)).toBe(words);
});

test.each([
  [400, 'now'],
  [12_900, '12 seconds ago'],
  [180_000, '3 minutes ago'],
])('an exchange %i ms ago: %s', (passedMs, words) => {
  const now = new Date('2027-05-14T12:00:00Z');
  expect(exchangedWords(new Date(now.getTime() - passedMs), now)).toBe(words);
});

test('that a site is shut out is said before whether it answers', () => {
  expect(linkStateName({ state: 'fenced', line: 'connected' }).name).toBe('Shut out');
  expect(linkStateName({ state: 'active', line: 'connected' }).name).toBe('Connected');
});
