import { expect, test } from 'vitest';
import { isSlug, slugOf } from './slug.ts';

test.each([
  ['Papagaio Elétrico 2027', 'papagaio-eletrico-2027'],
  ['  Zine-Night!  ', 'zine-night'],
  ['Ærø & Ñandú', 'r-nandu'],
  ['漫画', ''],
  ['a'.repeat(59) + ' b', 'a'.repeat(59)],
])('%s suggests %s', (name, slug) => {
  expect(slugOf(name)).toBe(slug);
  expect(slug === '' || isSlug(slug)).toBe(true);
});

test.each(['', 'Upper', 'two--hyphens', '-first', 'last-', 'ümlaut', 'a b', 'a'.repeat(61)])(
  '%s is no address',
  (text) => {
    expect(isSlug(text)).toBe(false);
  },
);
