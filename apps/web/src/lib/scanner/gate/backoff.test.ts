import { expect, test } from 'vitest';
import { backoffMs } from './backoff.ts';

test('each wait is twice the last, up to four seconds', () => {
  expect([0, 1, 2, 3, 4, 5, 6, 50].map((attempt) => backoffMs(attempt, 1))).toEqual([
    250, 500, 1_000, 2_000, 4_000, 4_000, 4_000, 4_000,
  ]);
});

test('half of each wait is left to chance', () => {
  expect(backoffMs(3, 0)).toBe(1_000);
  expect(backoffMs(3, 0.5)).toBe(1_500);
});
