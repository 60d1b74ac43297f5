import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { testPersonalKeys } from '../testing/personal-keys.ts';
import { holdPersonalKeys } from './personal-keys.ts';
import { gramsOfQuery, isFoundIn, searchGrams } from './search-grams.ts';

beforeAll(() => holdPersonalKeys(testPersonalKeys));

const name = "João  Conceição d'Ávila 李明 joao_99@example.com";

test.each(['joao', 'CEIÇ', 'ávila con', 'o_99@exa', '李', 'j', 'jo', 'av', 'd', '99'])(
  'K-1 %j is found',
  (query) => {
    expect(isFoundIn(name, query)).toBe(true);
    expect(searchGrams(name)).toEqual(expect.arrayContaining(gramsOfQuery(query)));
  },
);

test.each(['xão', 'oa', 'ão', 'joao maria', '%', '_', 'b%a'])('K-1 %j is not', (query) => {
  expect(isFoundIn(name, query)).toBe(false);
});

test('K-1 whatever is found by its letters is found by its grams', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme', maxLength: 40 }),
      fc.nat(38),
      fc.nat(12),
      (text, start, length) => {
        const query = Array.from(text)
          .slice(start, start + length)
          .join('');
        if (!isFoundIn(text, query)) return;
        const has = new Set(searchGrams(text));
        expect(gramsOfQuery(query).every((gram) => has.has(gram))).toBe(true);
      },
    ),
    { numRuns: 500 },
  );
});

test('K-2 grams are others under another key, each once, and in the order of numbers', () => {
  const grams = searchGrams(name);
  expect(grams).toEqual([...new Set(grams)].sort((a, b) => a - b));
  holdPersonalKeys({ ...testPersonalKeys, index: new Uint8Array(32).fill(9) });
  const others = new Set(searchGrams(name));
  holdPersonalKeys(testPersonalKeys);
  expect(grams.filter((gram) => others.has(gram))).toEqual([]);
  expect(searchGrams(name)).toEqual(grams);
});
