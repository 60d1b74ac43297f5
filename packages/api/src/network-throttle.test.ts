import { expect, test } from 'vitest';
import { NetworkThrottle } from './network-throttle.ts';

const [one, other] = [Uint8Array.of(1), Uint8Array.of(2)];

test('a network has its share, and a new one after the window', () => {
  const throttle = new NetworkThrottle({ timesMax: 2, windowMs: 1000 });
  const take = (network: Uint8Array, ms: number) => throttle.take(network, new Date(ms));
  expect([take(one, 0), take(one, 10), take(one, 20), take(one, 999)]).toEqual([
    ...[true, true, false, false],
  ]);
  expect(take(other, 20)).toBe(true);
  expect(take(one, 1000)).toBe(true);
});
