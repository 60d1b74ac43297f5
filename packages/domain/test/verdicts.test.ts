import { expect, test } from 'vitest';
import { isAdmission, isVerdict, refusals, verdicts } from '../src/index.ts';

test('A-3 the codes are permanent and in this order', () => {
  expect(refusals).toEqual([
    'device_not_allowed',
    'unknown_code',
    'bad_signature',
    'wrong_event',
    'revoked',
    'refunded',
    'unpaid',
    'blocked',
    'wrong_area',
    'wrong_day',
    'not_yet_valid',
    'expired',
    'already_used',
    'too_many_entries',
    'already_inside',
    'not_inside',
    'needs_attention',
    'area_full',
    'offline_unknown',
  ]);
});

test('A-3 admitted and exited are green, all else is a refusal', () => {
  expect(verdicts.filter(isAdmission)).toEqual(['admitted', 'exited']);
  expect(isVerdict('admitted')).toBe(true);
  expect(isVerdict('toString')).toBe(false);
  expect(isVerdict(undefined)).toBe(false);
});
