import { createHmac } from 'node:crypto';
import { assert } from '@catraca/domain';
import { seal, unseal } from '../commands/keys/seal.ts';

/**
 * The keys of personal data, as a process of one site holds them. Columns seal and open by themselves (`schema/sealed.ts`),
 * and a column has no context: so the keys are the process's, held once at its start.
 */
export interface PersonalKeys {
  /** The key that seals what is written from now on. */
  readonly current: number;
  /** 32 bytes each, by number: older ones still open. */
  readonly data: ReadonlyMap<number, Uint8Array>;
  /** 32 bytes; finds what is sealed, and opens nothing. */
  readonly index: Uint8Array;
}

let held: PersonalKeys | undefined;

/** From now on this process seals and opens with these keys. */
export function holdPersonalKeys(keys: PersonalKeys): void {
  assert(keys.data.has(keys.current), 'the current key is one of the keys');
  held = keys;
}

/** The keys this process holds. */
export function personalKeys(): PersonalKeys {
  assert(held !== undefined, 'personal keys are held before the first person is read or written');
  return held;
}

/** Bytes before the sealed text: the number of its key. */
const keyNumberLength = 2;

const label = 'personal';

/** Sealed by the current key: the key's number (2 bytes, big-endian), then nonce, ciphertext and tag. */
export function sealPersonal(secret: Uint8Array): Uint8Array {
  const { current, data } = personalKeys();
  const key = data.get(current);
  assert(key !== undefined, 'the current key is held');
  const number = Buffer.alloc(keyNumberLength);
  number.writeUInt16BE(current);
  return Buffer.concat([number, seal(key, label, secret)]);
}

/** What was sealed. Throws when its key is not held or a bit was changed: that is damage, not input. */
export function openPersonal(sealed: Uint8Array): Uint8Array {
  const number = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.length).readUInt16BE();
  const key = personalKeys().data.get(number);
  assert(key !== undefined, `personal key ${number} is held`);
  const secret = unseal(key, label, sealed.subarray(keyNumberLength));
  assert(secret !== undefined, 'sealed personal data opens');
  return secret;
}

/** What two equal texts have in common and nothing else tells: 16 bytes. `use` keeps a name from being found as an e-mail. */
export function blindKey(use: string, text: string): Uint8Array {
  return createHmac('sha256', personalKeys().index)
    .update(`${use}\0${text}`)
    .digest()
    .subarray(0, 16);
}
