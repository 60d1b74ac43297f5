import { expect, test } from 'vitest';
import { suggestEmail } from './suggest-email.ts';

test.each([
  ['ana@gmial.com', 'ana@gmail.com'],
  ['ana@gmail.con', 'ana@gmail.com'],
  ['ana@hotmal.com', 'ana@hotmail.com'],
  ['Ana@Hotmail.com.rb', 'ana@hotmail.com.br'],
  ['ana@outlok.es', 'ana@outlook.es'],
])('%s was probably meant as %s', (typed, meant) => {
  expect(suggestEmail(typed)).toBe(meant);
});

test.each(['ana@gmail.com', 'ana@catraca.example', 'ana@mail.com.ar', 'ana', 'ana@', ''])(
  '“%s” is left alone',
  (typed) => {
    expect(suggestEmail(typed)).toBeUndefined();
  },
);
