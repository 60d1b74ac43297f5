import { expect, test } from 'vitest';
import { bannerOf, type SiteStatus } from './banner.ts';

const now = new Date('2027-05-14T12:00:00Z');
const since = new Date('2027-05-14T10:42:00Z');
const well: NonNullable<SiteStatus['cloud']> = {
  ...{ name: 'Cloud', state: 'active', line: 'connected', problem: null, since: now },
  ...{ waiting: 0, left: 0 },
};

function bannerAt(cloud: SiteStatus['cloud']) {
  return bannerOf({ site: 'Hall', kind: 'venue', now, cloud });
}

test('nothing is said when all is well, nor at a cloud', () => {
  expect(bannerAt(well)).toBeNull();
  expect(bannerAt({ ...well, waiting: 40, left: 99 })).toBeNull();
  expect(bannerOf({ site: 'Cloud', kind: 'cloud', now, cloud: null })).toBeNull();
});

test('a cloud that is away is told with since when and how much waits', () => {
  const away = { ...well, line: 'away', since, waiting: 213, left: 213 } as const;
  expect(bannerAt(away)).toEqual({ kind: 'away', since, waiting: 213 });
  expect(bannerAt({ ...away, line: 'never', since: null })).toMatchObject({ since: null });
});

test('what is left is told while the sites catch up', () => {
  expect(bannerAt({ ...well, waiting: 1_200, left: 3_000 })).toEqual({
    ...{ kind: 'catching_up', left: 3_000 },
  });
});

test('a refusal of the cloud is no outage', () => {
  const refused = { ...well, line: 'refused', problem: 'clock_wrong', waiting: 5 } as const;
  expect(bannerAt(refused)).toEqual({ kind: 'refused', problem: 'clock_wrong', waiting: 5 });
});

test.each(['fenced', 'unproved', 'revoked'] as const)(
  'a machine that is %s says so before all else',
  (state) => {
    expect(bannerAt({ ...well, line: 'away', state })).toEqual({ kind: 'stopped', state });
  },
);
