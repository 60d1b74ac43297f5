import { expect, test } from 'vitest';
import { decideStanding } from './standing.ts';

const suspendedAt = new Date();

// M-1 of the SPEC, all of it: suspended, role asks, has a factor, session shown with it.
test.each([
  ['a role that asks nothing', false, false, false, 'member'],
  ['a role that asks, and no factor yet', true, false, false, 'factor_missing'],
  ['a factor that was not shown, asked or not', false, true, false, 'factor_open'],
  ['a factor that was not shown, and is asked', true, true, false, 'factor_open'],
  ['a factor that was shown', false, true, true, 'member'],
  ['a factor that was shown and is asked', true, true, true, 'member'],
  // The factor was taken away by somebody after the session began.
  ['a strong session whose factor is gone', true, false, true, 'factor_missing'],
  ['a strong session whose factor is gone, nothing asked', false, false, true, 'member'],
] as const)('M-1 %s', (_, asksFactor, hasFactor, strong, standing) => {
  expect(decideStanding({ suspendedAt: null, asksFactor, hasFactor }, { strong })).toBe(standing);
  expect(decideStanding({ suspendedAt, asksFactor, hasFactor }, { strong })).toBe('nobody');
});

test('M-1 whoever is no member is nobody', () => {
  expect(decideStanding(undefined, { strong: true })).toBe('nobody');
});
