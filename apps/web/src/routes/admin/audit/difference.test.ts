import { expect, test } from 'vitest';
import { differenceOf } from './difference.ts';

const member = { subjectKind: 'user', currency: null };

test('what changed is told by name, and what stayed is not', () => {
  const before = { open: true, name: 'North', roles: ['owner'] };
  const after = {
    open: false,
    name: 'North',
    roles: ['owner', 'gate'],
    limits: [{ eventId: '1' }],
  };
  expect(differenceOf(before, after, member)).toEqual([
    { name: 'open', before: 'yes', after: 'no' },
    { name: 'roles', before: 'Owner', after: 'Owner, Gate' },
    { name: 'where they work', before: null, after: '[{"eventId":"1"}]' },
  ]);
});

test('what was made has nothing before, and what was removed nothing after', () => {
  expect(differenceOf(null, { role: 'gate' }, member)).toEqual([
    { name: 'role', before: null, after: 'Gate' },
  ]);
  expect(differenceOf({ role: 'gate' }, null, member)).toEqual([
    { name: 'role', before: 'Gate', after: null },
  ]);
  expect(differenceOf(null, null, member)).toEqual([]);
});

test('names are words, and what was only told beside a change is not shown as removed', () => {
  expect(
    differenceOf(
      { status: 'valid' },
      { refundMinor: 5000 },
      { subjectKind: 'pass', currency: 'EUR' },
    ),
  ).toEqual([{ name: 'refund', before: null, after: '€50.00' }]);
  expect(differenceOf(null, { unitsPerNetworkMax: 8 }, member)).toMatchObject([
    { name: 'units per network max' },
  ]);
});

test('an instant is one the reader knows', () => {
  const saleEndsAt = '2026-11-22T12:00:00.000Z';
  const [change] = differenceOf(
    null,
    { saleEndsAt, reference: '2026-11' },
    { subjectKind: 'pass', currency: 'EUR' },
  );
  const format = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'medium' });
  expect(change?.after).toBe(format.format(new Date(saleEndsAt)));
});

test('what is a word of the code is read as a word, of each thing its own', () => {
  const event = { subjectKind: 'event', currency: 'EUR' };
  expect(differenceOf({ status: 'draft' }, { status: 'published' }, event)).toMatchObject([
    { before: 'Draft', after: 'On sale' },
  ]);
  expect(differenceOf(null, { role: 'box_office', code: 'draft' }, event)).toMatchObject([
    { after: 'Box office' },
    { after: 'draft' },
  ]);
});
