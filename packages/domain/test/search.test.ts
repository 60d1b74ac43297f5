import fc from 'fast-check';
import { expect, test } from 'vitest';
import { foldForSearch } from '../src/index.ts';

test.each([
  ['João da Silva', 'joao da silva'],
  ['  ÁLVARO\t Ñuñez ', 'alvaro nunez'],
  ['Søren Łukasz Straße', 'soren lukasz strasse'],
  ['İzmir ışık', 'izmir isik'],
  ['Ｍａｒｉａ', 'maria'],
  ['Ольга Ёлкина', 'ольга елкина'],
])('%j is searched as %j', (name, folded) => {
  expect(foldForSearch(name)).toBe(folded);
});

test('what is folded stays as it is, and spelling the accents apart changes nothing', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (name) => {
      const folded = foldForSearch(name);
      expect(foldForSearch(folded)).toBe(folded);
      expect(foldForSearch(name.normalize('NFD'))).toBe(folded);
    }),
  );
});
