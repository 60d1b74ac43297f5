import { expect, test } from 'vitest';
import { hasNul } from './has-nul.ts';

test.each([
  ['a text', 'a\0b'],
  ['a field', { name: 'a\0' }],
  ['deep in a list', [{ holders: [{ name: '\0' }] }]],
  ['a key or a value of a map', new Map([['a', '\0']])],
  ['a set', new Set(['\0'])],
])('a NUL is found in %s', (_, value) => {
  expect(hasNul(value)).toBe(true);
});

test('what has none is fine, also when it refers to itself', () => {
  const itself: Record<string, unknown> = { name: 'Zoë 漫画', at: new Date(), n: 1n, none: null };
  itself['itself'] = itself;
  expect(hasNul(itself)).toBe(false);
});
