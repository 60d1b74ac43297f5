import { expect, test } from 'vitest';
import { ServerClock } from './server-clock.ts';

const hour = 3_600_000;

test('without a ping nothing is known', () => {
  expect(new ServerClock().offsetMs).toBeUndefined();
});

test('the answer was written in the middle of the round trip', () => {
  const clock = new ServerClock();
  clock.add(1_000, 2 * hour + 1_040, 1_080);
  expect(clock.offsetMs).toBe(2 * hour);
});

test('the quickest round trip is believed', () => {
  const clock = new ServerClock();
  clock.add(0, 900, 1_000);
  clock.add(2_000, 2_015, 2_030);
  clock.add(4_000, 4_700, 4_800);
  expect(clock.offsetMs).toBe(0);
});

test('an old sample is forgotten: clocks drift, and are set', () => {
  const clock = new ServerClock();
  clock.add(0, 5, 10);
  for (let i = 1; i <= 8; i++) clock.add(i * 1_000, i * 1_000 + hour + 50, i * 1_000 + 100);
  expect(clock.offsetMs).toBe(hour);
});

test('a clock that was set back while the ping was under way gives no sample', () => {
  const clock = new ServerClock();
  clock.add(hour, 50, 100);
  expect(clock.offsetMs).toBeUndefined();
});
