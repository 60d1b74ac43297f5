import type { DeviceId } from '@catraca/domain';
import { expect, test } from 'vitest';
import { DeviceRates } from './device-rates.ts';

const id = (number: number) => BigInt(number) as DeviceId;

function takeMany(rates: DeviceRates, device: DeviceId, count: number, now: number): number {
  return Array.from({ length: count }, () => rates.take(device, now)).filter(Boolean).length;
}

test('a device sends what it has saved up at once, and then its share of each second', () => {
  const rates = new DeviceRates({ perSecond: 20, burst: 100 });
  expect(takeMany(rates, id(1), 150, 0)).toBe(100);
  expect(takeMany(rates, id(1), 50, 1_000)).toBe(20);
  expect(takeMany(rates, id(1), 50, 1_500)).toBe(10);
  // Silence saves up the burst, and no more.
  expect(takeMany(rates, id(1), 500, 3_600_000)).toBe(100);
});

test('what is sent in vain costs nothing later', () => {
  const rates = new DeviceRates({ perSecond: 10, burst: 10 });
  expect(takeMany(rates, id(1), 1_000, 0)).toBe(10);
  expect(takeMany(rates, id(1), 1_000, 1_000)).toBe(10);
});

test('devices do not share', () => {
  const rates = new DeviceRates({ perSecond: 1, burst: 5 });
  expect(takeMany(rates, id(1), 9, 0)).toBe(5);
  expect(takeMany(rates, id(2), 9, 0)).toBe(5);
});

test('a device that used up its share is remembered, however many others come', () => {
  const rates = new DeviceRates({ perSecond: 0.001, burst: 2 });
  expect(takeMany(rates, id(1), 3, 0)).toBe(2);
  for (let number = 2; number < 30_000; number++) rates.take(id(number), 0);
  expect(rates.take(id(1), 1_000)).toBe(false);
});
