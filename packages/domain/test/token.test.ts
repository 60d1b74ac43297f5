import { sign } from 'node:crypto';
import bwipjs from 'bwip-js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  AssertionError,
  formatToken,
  instantOfTokenMinute,
  maskHas,
  maskOf,
  numbersOf,
  parseCode,
  tokenLength,
  tokenMinuteOf,
  type PassClaims,
  type TokenCode,
} from '../src/index.ts';
import * as browser from '../src/token/browser.ts';
import {
  generateSigningKey,
  privateKeyOf,
  publicKeyOf,
  signToken,
  verifyToken,
} from '../src/token/node.ts';
import { anyBytes, anyClaims, garbage, someClaims } from './arbitraries.ts';

const key = generateSigningKey();
const privateKey = privateKeyOf(key.seed);
const publicKey = publicKeyOf(key.publicKey);
const ours = () => publicKey;

function parsed(text: string): TokenCode {
  const code = parseCode(text);
  if (code.kind !== 'token') throw new Error(`${text} is ${code.kind}`);
  return code;
}

/** Modules on a side of the QR code, without its quiet zone. Version v has 17 + 4 v. */
function qrModules(text: string): number | undefined {
  const [symbol] = bwipjs.raw('qrcode', text, 'eclevel=M');
  return symbol !== undefined && 'pixx' in symbol ? symbol.pixx : undefined;
}

describe('the text of a token', () => {
  test('T-1 154 upper-case letters and digits are QR version 6 at level M, one more is version 7', () => {
    fc.assert(
      fc.property(anyClaims, anyBytes(64), (claims, signature) => {
        const token = formatToken(claims, signature);
        expect(token).toMatch(/^CT[0-9A-HJKMNP-TV-Z]{152}$/);
        expect(token).toHaveLength(tokenLength);
        expect(qrModules(token)).toBe(17 + 4 * 6);
      }),
      { numRuns: 20 },
    );
    expect(qrModules('A'.repeat(tokenLength + 1))).toBe(17 + 4 * 7);
  });

  test('T-2 claims and signature come back as they went in', () => {
    fc.assert(
      fc.property(anyClaims, anyBytes(64), (claims, signature) => {
        const token = formatToken(claims, signature);
        expect(parseCode(token)).toMatchObject({ kind: 'token', text: token, claims, signature });
      }),
    );
  });

  test('T-2 two texts are never the same bytes', () => {
    fc.assert(
      fc.property(anyClaims, anyBytes(64), anyBytes(64), (claims, a, b) => {
        fc.pre(a.some((byte, i) => byte !== b[i]));
        expect(formatToken(claims, a)).not.toBe(formatToken(claims, b));
      }),
    );
  });

  test('T-4 lower case and surrounding white space do not matter', () => {
    fc.assert(
      fc.property(anyClaims, (claims) => {
        const token = signToken(claims, privateKey);
        expect(parsed(` \t${token.toLowerCase()}\r\n`)).toEqual(parsed(token));
      }),
      { numRuns: 20 },
    );
  });

  test('T-8 a token that is cut, stretched or has a foreign letter is unknown', () => {
    fc.assert(
      fc.property(anyClaims, anyBytes(64), fc.nat(153), (claims, signature, at) => {
        const token = formatToken(claims, signature);
        for (const text of [
          token.slice(0, at),
          `${token}0`,
          `${token.slice(0, at)} ${token.slice(at + 1)}`,
          `${token.slice(0, at)}U${token.slice(at + 1)}`,
          `XT${token.slice(2)}`,
        ]) {
          expect(parseCode(text)).toEqual({ kind: 'unknown' });
        }
      }),
    );
  });

  test('T-8 any text has an answer', () => {
    fc.assert(
      fc.property(garbage, (text) => {
        expect(['token', 'barcode', 'forged', 'unknown']).toContain(parseCode(text).kind);
      }),
    );
  });

  test.each<[string, Partial<PassClaims>]>([
    ['key id', { keyId: 255 }],
    ['type number', { typeNo: 0 }],
    ['medium number', { mediumNo: 256 }],
    ['count of entries', { policy: { kind: 'n_times', n: 32 } }],
    ['areas', { areas: 0x10000 }],
    ['time', { issuedAt: -1 }],
    ['time', { issuedAt: 0.5 }],
  ])('T-2 a %s out of range is a bug of whoever signs', (_, wrong) => {
    const claims = someClaims();
    expect(() => signToken({ ...claims, ...wrong }, privateKey)).toThrow(AssertionError);
  });
});

describe('signatures', () => {
  test('T-3 Node and browser take what we signed', async () => {
    const imported = await browser.importPublicKey(Uint8Array.from(key.publicKey));
    await fc.assert(
      fc.asyncProperty(anyClaims, async (claims) => {
        const token = parsed(signToken(claims, privateKey));
        expect(token.claims).toEqual(claims);
        expect(verifyToken(token, ours)).toBe('valid');
        expect(await browser.verifyToken(token, () => imported)).toBe('valid');
      }),
      { numRuns: 20 },
    );
  });

  test('T-5 one changed letter anywhere is never a valid token', async () => {
    const imported = await browser.importPublicKey(Uint8Array.from(key.publicKey));
    const claims = someClaims();
    const token = signToken(claims, privateKey);
    for (let at = 2; at < token.length; at++) {
      const changed = token.slice(0, at) + (token[at] === '0' ? '1' : '0') + token.slice(at + 1);
      const code = parseCode(changed);
      if (code.kind === 'forged') continue;
      expect(code.kind).toBe('token');
      if (code.kind !== 'token') continue;
      expect(verifyToken(code, ours)).toBe('bad_signature');
      expect(await browser.verifyToken(code, () => imported)).toBe('bad_signature');
    }
  });

  test('T-3 a signature over the same bytes without our name is not one of ours', () => {
    const claims = someClaims();
    const bare = parsed(signToken(claims, privateKey)).signedBytes.subarray(
      'catraca-pass-v1'.length,
    );
    const token = parsed(formatToken(claims, sign(null, bare, privateKey)));
    expect(verifyToken(token, ours)).toBe('bad_signature');
  });

  test('T-6 each key verifies its own tokens, before and after a rotation', () => {
    const next = generateSigningKey();
    const keys = new Map([
      [0x101, publicKey],
      [0x102, publicKeyOf(next.publicKey)],
    ]);
    const claims = someClaims();
    const keyOf = (keyId: number) => keys.get(keyId);
    const verified = (keyId: number, signer = privateKey) =>
      verifyToken(parsed(signToken({ ...claims, keyId }, signer)), keyOf);
    expect(verified(0x101)).toBe('valid');
    expect(verified(0x102, privateKeyOf(next.seed))).toBe('valid');
    expect(verified(0x102)).toBe('bad_signature');
    expect(verified(0x103)).toBe('unknown_key');
  });

  test('T-7 our shape with claims that we never sign is a forgery', () => {
    const claims = someClaims();
    const token = signToken(claims, privateKey);
    const otherVersion = `CT08${token.slice(4)}`;
    expect(parseCode(otherVersion)).toEqual({ kind: 'forged' });
    expect(parseCode(`CT${'0'.repeat(152)}`)).toEqual({ kind: 'forged' });
    expect(parseCode(`CT${'Z'.repeat(152)}`)).toEqual({ kind: 'forged' });
  });
});

describe('parts of the claims', () => {
  test('T-2 a mask is the set of its numbers', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 16 })), (numbers) => {
        const mask = maskOf(numbers);
        expect(numbersOf(mask)).toEqual(numbers.toSorted((a, b) => a - b));
        expect(numbers.every((no) => maskHas(mask, no))).toBe(true);
      }),
    );
    expect(() => maskOf([17])).toThrow(AssertionError);
    expect(maskHas(0xffff, 0) || maskHas(0xffff, 17) || maskHas(0xffff, 33)).toBe(false);
  });

  test('T-2 time is counted in minutes since 2024', () => {
    expect(tokenMinuteOf(Date.UTC(2024, 0, 1, 0, 1, 59))).toBe(1);
    expect(instantOfTokenMinute(1)).toBe(Date.UTC(2024, 0, 1, 0, 1));
    fc.assert(
      fc.property(fc.nat(), (minute) => tokenMinuteOf(instantOfTokenMinute(minute)) === minute),
    );
  });
});
