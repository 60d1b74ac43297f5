import { expect, test } from 'vitest';
import { Permutation } from '../src/passes/permutation.ts';

test.each([1, 2, 3, 97, 1_000, 4_096, 10_000, 30_030])('of %d passes each comes once', (size) => {
  const order = new Permutation(size);
  const walked = new Set(Array.from({ length: size }, (_, rank) => order.at(rank)));
  expect(walked.size).toBe(size);
  expect(Math.min(...walked)).toBe(0);
  expect(Math.max(...walked)).toBe(size - 1);
});

test('of ten million, passes that come within a batch lie far from each other', () => {
  const size = 10_000_000;
  const order = new Permutation(size);
  const batch = Array.from({ length: 200 }, (_, i) => order.at(size / 2 + i)).sort((a, b) => a - b);
  const gaps = batch.slice(1).map((pass, i) => pass - (batch[i] ?? 0));
  // A page of the database holds some sixty passes.
  expect(Math.min(...gaps)).toBeGreaterThan(10_000);
});
