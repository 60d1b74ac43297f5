import fc from 'fast-check';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openText } from '../schema/sealed.ts';
import { testPersonalKeys } from '../testing/personal-keys.ts';
import {
  blindKey,
  holdPersonalKeys,
  keyNumberOf,
  onMissingPersonalKey,
  openPersonal,
  sealPersonal,
  UnopenedError,
} from './personal-keys.ts';

beforeEach(() => holdPersonalKeys(testPersonalKeys));
afterEach(() => vi.useRealTimers());

const name = Buffer.from('Ada Lovelace');

test('K-3 what is sealed opens, names its key, and looks different each time', () => {
  const sealed = sealPersonal(name);
  expect(openText(sealed)).toBe('Ada Lovelace');
  expect(keyNumberOf(sealed)).toBe(257);
  expect(Buffer.compare(sealed, sealPersonal(name))).not.toBe(0);
  expect(Buffer.from(sealed).includes('Ada')).toBe(false);
});

test('K-4 damaged bytes are an error, wherever the damage is: nothing is guessed', () => {
  const sealed = sealPersonal(name);
  fc.assert(
    fc.property(fc.nat(sealed.length * 8 - 1), (bit) => {
      const changed = Uint8Array.from(sealed);
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(() => openPersonal(changed)).toThrow(UnopenedError);
    }),
  );
  for (let length = 0; length < sealed.length; length++) {
    expect(() => openPersonal(sealed.subarray(0, length))).toThrow(UnopenedError);
  }
});

test('K-5 a key that is not held is asked for; once it is held, the same bytes open', () => {
  const newer = new Map([...testPersonalKeys.data, [259, new Uint8Array(32).fill(3)] as const]);
  holdPersonalKeys({ ...testPersonalKeys, current: 259, data: newer });
  const sealed = sealPersonal(name);
  holdPersonalKeys(testPersonalKeys);
  const asked = vi.fn();
  onMissingPersonalKey(asked);
  expect(() => openPersonal(sealed)).toThrow(UnopenedError);
  expect(asked).toHaveBeenCalledOnce();
  holdPersonalKeys({ ...testPersonalKeys, data: newer });
  expect(openText(sealed)).toBe('Ada Lovelace');
  expect(keyNumberOf(sealPersonal(name))).toBe(257);
});

test('K-5 who has not looked for long whether its key still counts opens, and seals nothing', () => {
  const sealed = sealPersonal(name);
  vi.useFakeTimers();
  holdPersonalKeys(testPersonalKeys, 1_000);
  expect(sealPersonal(name)).toHaveLength(sealed.length);
  vi.advanceTimersByTime(1_001);
  expect(() => sealPersonal(name)).toThrow('looked up');
  expect(openText(sealed)).toBe('Ada Lovelace');
});

test('K-2 a blind key is the same for equal texts, and tells an e-mail from a document', () => {
  expect(blindKey('email', 'a@example.com')).toEqual(blindKey('email', 'a@example.com'));
  expect(blindKey('document', 'a@example.com')).not.toEqual(blindKey('email', 'a@example.com'));
  expect(blindKey('email', 'a@example.com')).toHaveLength(16);
});
