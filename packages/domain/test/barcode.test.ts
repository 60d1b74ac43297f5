import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  formatBarcode,
  makeBarcode,
  parseBarcode,
  parseCode,
  withCheckDigits,
  type BarcodeNumber,
} from '../src/index.ts';
import { anyBytes } from './arbitraries.ts';

const anyBarcode = anyBytes(8).map(makeBarcode);
const digits = [...'0123456789'];
/** Each digit in each place: with them every pair of a right and a wrong digit comes up. */
const uniform = digits.map((digit) => withCheckDigits(digit.repeat(14)));

function isOurs(text: string): boolean {
  return parseBarcode(text).ok;
}

function* singleErrors(number: BarcodeNumber): Generator<string> {
  for (let i = 0; i < number.length; i++) {
    for (const digit of digits) {
      if (digit !== number[i]) yield number.slice(0, i) + digit + number.slice(i + 1);
    }
  }
}

function* transpositions(number: BarcodeNumber): Generator<string> {
  for (let i = 0; i < number.length; i++) {
    for (let j = i + 1; j < number.length; j++) {
      const swapped = [...number];
      [swapped[i], swapped[j]] = [number[j] ?? '', number[i] ?? ''];
      if (number[i] !== number[j]) yield swapped.join('');
    }
  }
}

describe('barcode numbers', () => {
  test('T-20 sixteen digits, the last two of ISO 7064 MOD 97-10', () => {
    // 794 is the example of ISO 7064 for MOD 97-10: its check digits are 44.
    expect(withCheckDigits('00000000000794')).toBe('0000000000079444');
    fc.assert(
      fc.property(anyBarcode, (number) => {
        expect(number).toMatch(/^[0-9]{16}$/);
        expect(BigInt(number) % 97n).toBe(1n);
        expect(parseCode(number)).toEqual({ kind: 'barcode', number });
      }),
    );
  });

  test('T-21 every single wrong digit is detected', () => {
    expect(uniform.flatMap((number) => [...singleErrors(number)]).filter(isOurs)).toEqual([]);
    fc.assert(
      fc.property(anyBarcode, (number) => [...singleErrors(number)].every((text) => !isOurs(text))),
    );
  });

  test('T-22 every transposition of two digits is detected, neighbours or not', () => {
    fc.assert(
      fc.property(anyBarcode, (number) =>
        [...transpositions(number)].every((text) => !isOurs(text)),
      ),
    );
  });

  test('T-23 people read and type it in groups of four', () => {
    const number = withCheckDigits('12345678901234');
    expect(formatBarcode(number)).toBe('1234 5678 9012 3428');
    expect(parseBarcode('1234 5678 9012 3428')).toEqual({ ok: true, value: number });
    expect(parseBarcode('1234-5678-9012-3428')).toEqual({ ok: true, value: number });
    expect(parseCode(' 1234 5678 9012 3428\n')).toEqual({ kind: 'barcode', number });
  });

  test.each([
    ['', 'malformed'],
    ['123456789012348', 'malformed'],
    ['12345678901234280', 'malformed'],
    ['1234  5678 9012 3428', 'malformed'],
    ['١٢٣٤٥٦٧٨٩٠١٢٣٤٢٨', 'malformed'],
    ['1234567890123429', 'wrong_check_digits'],
    ['0000000000000000', 'wrong_check_digits'],
  ])('T-20 %j is refused as %s', (text, problem) => {
    expect(parseBarcode(text)).toEqual({ ok: false, problem });
    expect(parseCode(text)).toEqual({ kind: 'unknown' });
  });
});
