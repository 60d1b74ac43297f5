import { expect, test } from 'vitest';
import { parsePgSnapshot, sees, seesAllOf } from './pg-snapshot.ts';

const snapshot = parsePgSnapshot('100:105:101,103');

test.each([
  [99n, true, 'before all that ran'],
  [100n, true, 'ended between others'],
  [101n, false, 'was running'],
  [102n, true, 'ended between others'],
  [103n, false, 'was running'],
  [104n, true, 'the last that ended'],
  [105n, false, 'had not begun'],
  [900n, false, 'had not begun'],
])('transaction %s: %s, it %s', (xid, seen) => {
  expect(sees(snapshot, xid)).toBe(seen);
});

test('a quiet database has nothing running', () => {
  expect(parsePgSnapshot('7:7:')).toEqual({ xmin: 7n, xmax: 7n, running: new Set() });
});

test.each([
  ['100:105:101,103', true, 'the same'],
  ['105:105:', true, 'all of them have ended'],
  ['101:110:101,107', true, 'of those that ran one still does, and others began'],
  ['100:104:101,103', false, 'an earlier end'],
  ['100:106:101,102', false, 'what was seen to have ended is running here'],
])('whether %s has seen all of it: %s, %s', (later, expected) => {
  expect(seesAllOf(parsePgSnapshot(later), snapshot)).toBe(expected);
});
