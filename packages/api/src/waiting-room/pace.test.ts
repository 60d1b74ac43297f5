import { expect, test } from 'vitest';
import { Pace } from './pace.ts';

test('W-12 the pace is that of the last three minutes, once half a minute of them is known', () => {
  const pace = new Pace();
  const paces: (number | null)[] = [];
  // Sixty a minute for five minutes, then nobody.
  for (let second = 0; second <= 600; second++) {
    pace.add(second * 1000, Math.min(second, 300), 1_000);
    paces.push(pace.perMinute);
  }
  expect(paces[29]).toBeNull();
  expect(paces[30]).toBe(60);
  expect(paces[300]).toBe(60);
  expect(paces[390]).toBe(30);
  expect(paces[480]).toBe(0);
});

test('while nobody waits it is not known, and a room that begins anew has none', () => {
  const pace = new Pace();
  for (let second = 0; second <= 60; second++) pace.add(second * 1000, second, 10);
  expect(pace.perMinute).toBe(60);
  pace.add(61_000, 61, 0);
  expect(pace.perMinute).toBeNull();
  for (let second = 62; second <= 120; second++) pace.add(second * 1000, second, 10);
  expect(pace.perMinute).toBe(60);
  pace.add(121_000, 0, 10);
  expect(pace.perMinute).toBeNull();
});
