import { withCheckDigits } from '@catraca/domain';
import { expect, test } from 'vitest';
import { leftViewAfterMs, ViewTracker } from './view-tracker.ts';

const token = 'CT-ana';
const otherToken = 'CT-bruno';
const number = withCheckDigits('12345678901234');
const otherNumber = withCheckDigits('98765432109876');
const left = leftViewAfterMs;

test('a code is taken once while it is in view, also when some frames miss it', () => {
  const tracker = new ViewTracker();
  expect(tracker.see([token], 0)).toBe(token);
  for (let at = 100; at < 10_000; at += left - 1) expect(tracker.see([token], at)).toBeUndefined();
});

test('a code that has left the view is taken again', () => {
  const tracker = new ViewTracker();
  tracker.see([token], 0);
  expect(tracker.see([], left / 2)).toBeUndefined();
  expect(tracker.see([token], left)).toBe(token);
});

test("the next person's code is taken in the very next frame", () => {
  const tracker = new ViewTracker();
  tracker.see([token], 0);
  expect(tracker.see([otherToken], 50)).toBe(otherToken);
});

test('a code comes again while others pass, once it has been away long enough', () => {
  const tracker = new ViewTracker();
  tracker.see([token], 0);
  tracker.see([otherToken], 600);
  expect(tracker.see([token], left)).toBe(token);
});

test('of two codes in a frame the first is taken, the other only when the first has left', () => {
  const tracker = new ViewTracker();
  expect(tracker.see([token, otherToken], 0)).toBe(token);
  expect(tracker.see([token, otherToken], 500)).toBeUndefined();
  expect(tracker.see([otherToken], 600)).toBe(otherToken);
});

test('token and barcode on one sheet are one scan, however the sheet moves', () => {
  const tracker = new ViewTracker();
  expect(tracker.see([token], 0)).toBe(token);
  expect(tracker.see([number], 100)).toBeUndefined();
  expect(tracker.see([token, number], 200)).toBeUndefined();
  for (let at = 300; at < 5_000; at += 300) expect(tracker.see([number], at)).toBeUndefined();
  expect(tracker.see([number], 5_000 + left)).toBe(number);
});

test('a printed number right after a phone waits until the phone has left the view', () => {
  const tracker = new ViewTracker();
  tracker.see([token], 0);
  expect(tracker.see([number], 300)).toBeUndefined();
  expect(tracker.see([number], left - 1)).toBeUndefined();
  expect(tracker.see([number], left)).toBe(number);
  expect(tracker.see([otherNumber], left + 50)).toBe(otherNumber);
});
