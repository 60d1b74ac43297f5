import { expect, test } from 'vitest';
import { differenceOf } from './difference.ts';

test('what changed is told by name, and what stayed is not', () => {
  const before = { open: true, name: 'North', roles: ['owner'] };
  const after = {
    open: false,
    name: 'North',
    roles: ['owner', 'gate'],
    limits: [{ eventId: '1' }],
  };
  expect(differenceOf(before, after, null)).toEqual([
    { name: 'open', before: 'yes', after: 'no' },
    { name: 'roles', before: 'owner', after: 'owner, gate' },
    { name: 'where they work', before: null, after: '[{"eventId":"1"}]' },
  ]);
});

test('what was made has nothing before, and what was removed nothing after', () => {
  expect(differenceOf(null, { role: 'gate' }, null)).toEqual([
    { name: 'role', before: null, after: 'gate' },
  ]);
  expect(differenceOf({ role: 'gate' }, null, null)).toEqual([
    { name: 'role', before: 'gate', after: null },
  ]);
  expect(differenceOf(null, null, null)).toEqual([]);
});

test('names are words, and what was only told beside a change is not shown as removed', () => {
  expect(differenceOf({ status: 'valid' }, { refundMinor: 5000 }, 'EUR')).toEqual([
    { name: 'refund', before: null, after: '€50.00' },
  ]);
  expect(differenceOf(null, { unitsPerNetworkMax: 8 }, null)).toMatchObject([
    { name: 'units per network max' },
  ]);
});

test('an instant is one the reader knows', () => {
  const saleEndsAt = '2026-11-22T12:00:00.000Z';
  const [change] = differenceOf(null, { saleEndsAt, reference: '2026-11' }, 'EUR');
  const format = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'medium' });
  expect(change?.after).toBe(format.format(new Date(saleEndsAt)));
});
