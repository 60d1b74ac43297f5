import fc from 'fast-check';
import { expect, test } from 'vitest';
import { seal, unseal } from './seal.ts';

const masterKey = new Uint8Array(32).fill(1);
const secret = new TextEncoder().encode('the seed of a private key: 32 by');

test('what was sealed opens again, and looks different each time', () => {
  const sealed = seal(masterKey, 'a', secret);
  expect(Uint8Array.from(unseal(masterKey, 'a', sealed) ?? [])).toEqual(secret);
  expect(Buffer.from(sealed).equals(seal(masterKey, 'a', secret))).toBe(false);
  expect(Buffer.from(sealed).includes(Buffer.from(secret))).toBe(false);
});

test('it opens under no other master key and no other label', () => {
  const sealed = seal(masterKey, 'a', secret);
  expect(unseal(new Uint8Array(32).fill(2), 'a', sealed)).toBeUndefined();
  expect(unseal(masterKey, 'b', sealed)).toBeUndefined();
});

test('one changed bit, or a part of it, does not open', () => {
  const sealed = seal(masterKey, 'a', secret);
  fc.assert(
    fc.property(fc.nat(sealed.length * 8 - 1), (bit) => {
      const changed = Uint8Array.from(sealed);
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      return unseal(masterKey, 'a', changed) === undefined;
    }),
  );
  for (let length = 0; length < sealed.length; length++) {
    expect(unseal(masterKey, 'a', sealed.subarray(0, length))).toBeUndefined();
  }
});
