import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { AloneSwitch, patienceMs } from './alone-switch.svelte.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('D-30 a line that is down longer than anybody waits makes the device alone', () => {
  const device = new AloneSwitch();
  device.lineDown();
  vi.advanceTimersByTime(patienceMs - 1);
  expect(device.isAlone).toBe(false);
  vi.advanceTimersByTime(1);
  expect(device.isAlone).toBe(true);
});

test('D-30 a line that is back before that was never down', () => {
  const device = new AloneSwitch();
  device.lineDown();
  vi.advanceTimersByTime(patienceMs - 1);
  device.lineUp(0);
  vi.advanceTimersByTime(patienceMs);
  expect(device.isAlone).toBe(false);
});

test('D-33 it stays alone until all is told', () => {
  const device = new AloneSwitch();
  device.unanswered();
  device.lineUp(2);
  expect(device.isAlone).toBe(true);
  device.told(1);
  expect(device.isAlone).toBe(true);
  device.told(0);
  expect(device.isAlone).toBe(false);
});
