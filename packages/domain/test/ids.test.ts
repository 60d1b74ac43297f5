import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  AssertionError,
  makeId,
  parseId,
  parsePublicId,
  parseScanId,
  siteOf,
  uuidv7,
} from '../src/index.ts';
import { anyBytes, anyId, garbage } from './arbitraries.ts';

describe('row ids', () => {
  test('I-1 an id tells its site, and travels as decimal digits', () => {
    fc.assert(
      fc.property(anyId(), (id) => {
        expect(parseId(id.toString())).toEqual({ ok: true, value: id });
        expect(makeId(siteOf(id) ?? 0, id & 0xffff_ffff_ffffn)).toBe(id);
      }),
    );
  });

  test('I-1 ids of two sites never meet', () => {
    expect(makeId(2, 1n)).toBe((2n << 48n) | 1n);
    expect(makeId(2, 1n)).toBeGreaterThan(makeId(1, (1n << 48n) - 1n));
  });

  test.each([
    ['', 'malformed'],
    ['12a', 'malformed'],
    ['-281474976710657', 'malformed'],
    ['0281474976710657', 'malformed'],
    [281474976710657, 'malformed'],
    [null, 'malformed'],
    ['1', 'out_of_range'],
    ['281474976710656', 'out_of_range'],
    ['72057594037927936', 'out_of_range'],
    ['4611686018427387903', 'out_of_range'],
    ['9223372036854775808', 'out_of_range'],
    ['9'.repeat(500), 'out_of_range'],
  ])('I-1 %j is refused as %s', (text, problem) => {
    expect(parseId(text)).toEqual({ ok: false, problem });
  });

  test('I-1 a site or counter that does not fit is a bug', () => {
    expect(() => makeId(0, 1n)).toThrow(AssertionError);
    expect(() => makeId(256, 1n)).toThrow(AssertionError);
    expect(() => makeId(1, 0n)).toThrow(AssertionError);
    expect(() => makeId(1, 1n << 48n)).toThrow(AssertionError);
  });
});

describe('scan ids', () => {
  test('I-2 a UUIDv7 carries its time and sorts by it', () => {
    const time = fc.integer({ min: 0, max: 2 ** 48 - 2 });
    fc.assert(
      fc.property(time, anyBytes(10), anyBytes(10), (ms, random, other) => {
        const id = uuidv7(ms, random);
        expect(parseScanId(id)).toEqual({ ok: true, value: id });
        expect(Number.parseInt(id.replace('-', '').slice(0, 12), 16)).toBe(ms);
        expect(id < uuidv7(ms + 1, other)).toBe(true);
      }),
    );
  });

  test('I-2 the example of RFC 9562 is made from its parts', () => {
    const random = Uint8Array.of(0x0c, 0xc3, 0x18, 0xc4, 0xdc, 0x0c, 0x0c, 0x07, 0x39, 0x8f);
    expect(uuidv7(0x017f22e279b0, random)).toBe('017f22e2-79b0-7cc3-98c4-dc0c0c07398f');
  });

  test('I-3 one spelling and one version only', () => {
    const v4 = 'bc1c2b3e-4f5a-4b6c-8d7e-9f0a1b2c3d4e';
    expect(parseScanId(v4)).toEqual({ ok: false, problem: 'malformed' });
    expect(parsePublicId(v4)).toEqual({ ok: true, value: v4 });
    expect(parsePublicId(v4.toUpperCase())).toEqual({ ok: false, problem: 'malformed' });
    expect(parsePublicId(`${v4}\n`)).toEqual({ ok: false, problem: 'malformed' });
  });

  test('I-3 garbage is refused and never thrown at', () => {
    fc.assert(
      fc.property(fc.oneof(garbage, fc.anything()), (input) => {
        expect(parseId(input).ok).toBe(false);
        expect(parseScanId(input).ok).toBe(false);
        expect(parsePublicId(input).ok).toBe(false);
      }),
    );
  });
});
