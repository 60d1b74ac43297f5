import { expect, test } from 'vitest';
import { type Health, healthy, nextHealth } from './node-health.ts';

const after = (answers: readonly boolean[], from = healthy) => answers.reduce(nextHealth, from);
const good = (count: number) => Array.from({ length: count }, () => true);

/** How many good answers in a row bring it back. */
function neededBy(down: Health): number {
  let health = down;
  let count = 0;
  for (; health.isDown; count++) health = nextHealth(health, true);
  return count;
}

test('one bad answer takes a node out, a few good ones bring it back, and a bad one among them does not count less', () => {
  const down = after([false]);
  expect(down.isDown).toBe(true);
  expect(neededBy(down)).toBe(2);
  expect(neededBy(after([true, false], down))).toBe(2);
});

test('one that comes and goes stays away longer each time, five minutes at most, and is forgiven in the end', () => {
  const waits: number[] = [];
  let health = healthy;
  for (let i = 0; i < 9; i++) {
    health = nextHealth(health, false);
    waits.push(neededBy(health));
    health = after(good(neededBy(health)), health);
  }
  expect(waits).toEqual([2, 4, 8, 16, 32, 64, 128, 256, 300]);
  expect(neededBy(after([false], after(good(600), health)))).toBe(2);
});
