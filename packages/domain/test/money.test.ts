import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addMoney,
  AssertionError,
  formatMoney,
  minorDigits,
  money,
  multiplyMoney,
  parseMoney,
  sumMoney,
} from '../src/index.ts';
import { garbage } from './arbitraries.ts';

/** Intl puts spaces of its own between sign and figure. */
const plain = (text: string) => text.replaceAll(/\s/gu, ' ');

describe('money', () => {
  test('S-12 amounts add up in minor units, in one currency', () => {
    expect(sumMoney([money(1050, 'BRL'), money(1, 'BRL')], 'BRL')).toEqual(money(1051, 'BRL'));
    expect(sumMoney([], 'BRL')).toEqual(money(0, 'BRL'));
    expect(multiplyMoney(money(333, 'EUR'), 3)).toEqual(money(999, 'EUR'));
    expect(() => addMoney(money(1, 'BRL'), money(1, 'EUR'))).toThrow(AssertionError);
    expect(() => money(0.5, 'BRL')).toThrow(AssertionError);
    expect(() => money(1, 'brl')).toThrow(AssertionError);
    expect(() => multiplyMoney(money(2 ** 52, 'EUR'), 4)).toThrow(AssertionError);
  });

  test.each([
    [8000, 'BRL', 'pt-BR', 'R$ 80,00'],
    [123456, 'EUR', 'en', '€1,234.56'],
    [123456, 'EUR', 'es', '1234,56 €'],
    [500, 'JPY', 'en', '¥500'],
    [1500, 'KWD', 'en', 'KWD 1.500'],
  ])('S-12 %i %s in %s is %s', (minor, currency, locale, text) => {
    expect(plain(formatMoney(money(minor, currency), locale))).toBe(text);
  });

  test.each([
    ['1.234,5', 'BRL', 'pt-BR', 123450],
    ['1234,50', 'BRL', 'pt-BR', 123450],
    ['1,234.50', 'USD', 'en', 123450],
    [' 80 ', 'EUR', 'es', 8000],
    ['500', 'JPY', 'en', 500],
  ])('S-12 %j %s typed in %s', (text, currency, locale, minor) => {
    expect(parseMoney(text, currency, locale)).toEqual({ ok: true, value: money(minor, currency) });
  });

  test.each([
    ['', 'EUR', 'malformed'],
    ['-1', 'EUR', 'malformed'],
    ['1,5.0', 'EUR', 'malformed'],
    ['1e3', 'EUR', 'malformed'],
    ['80,00', 'EUR', 'malformed'],
    ['1.234', 'EUR', 'too_precise'],
    ['1.5', 'JPY', 'too_precise'],
    ['99999999999999.99', 'EUR', 'too_large'],
  ])('S-12 %j %s is refused as %s', (text, currency, problem) => {
    expect(parseMoney(text, currency, 'en')).toEqual({ ok: false, problem });
  });

  test('S-12 what is typed without its currency comes back as the same amount', () => {
    const amounts = fc.tuple(
      fc.nat(10_000_000_000),
      fc.constantFrom('BRL', 'JPY', 'KWD'),
      fc.constantFrom('en', 'pt-BR', 'es'),
    );
    fc.assert(
      fc.property(amounts, ([minor, currency, locale]) => {
        const digits = minorDigits(currency);
        const text = new Intl.NumberFormat(locale, { minimumFractionDigits: digits }).format(
          minor / 10 ** digits,
        );
        expect(parseMoney(text, currency, locale)).toEqual({
          ok: true,
          value: money(minor, currency),
        });
      }),
    );
  });

  test('S-12 garbage is refused and never thrown at', () => {
    fc.assert(
      fc.property(garbage, (text) => {
        const parsed = parseMoney(text, 'EUR', 'en');
        if (parsed.ok) expect(Number.isSafeInteger(parsed.value.minor)).toBe(true);
      }),
    );
  });
});
