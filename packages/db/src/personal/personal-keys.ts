import { createHmac } from 'node:crypto';
import { assert } from '@catraca/domain';
import { seal, unseal } from '../commands/keys/seal.ts';

/**
 * The keys of personal data, as a process of one site holds them. Columns seal and open by themselves (`schema/sealed.ts`),
 * and a column has no context: so the keys are the process's, held once at its start and kept up by `keepPersonalKeys`.
 */
export interface PersonalKeys {
  /** The key that seals what is written from now on. */
  readonly current: number;
  /** 32 bytes each, by number: older ones still open. */
  readonly data: ReadonlyMap<number, Uint8Array>;
  /** 32 bytes; finds what is sealed, and opens nothing. */
  readonly index: Uint8Array;
}

/**
 * Who has not looked for so long (ms) whether its keys still count seals nothing: a key is deleted later than that after it was
 * followed by another (`deleteAfterMs`), so what is written always opens.
 */
export const sealWithinMs = 10 * 60_000;

interface Held {
  keys: PersonalKeys;
  /** By `performance.now()`: infinite for keys that nobody rotates. */
  until: number;
}

let held: Held | undefined;
let missing: () => void = () => {};

/** From now on this process seals and opens with these keys, for `sealForMs` unless it is told again; for ever where that is not given. */
export function holdPersonalKeys(keys: PersonalKeys, sealForMs = Infinity): void {
  assert(keys.data.has(keys.current), 'the current key is one of the keys');
  held = { keys, until: performance.now() + sealForMs };
}

/** Calls this when something is sealed by a key that is not held: it may have been made a moment ago. */
export function onMissingPersonalKey(listener: () => void): void {
  missing = listener;
}

/** Whether this process holds keys: a venue that its cloud has told nothing yet has none, and no people either. */
export function holdsPersonalKeys(): boolean {
  return held !== undefined;
}

/** The keys this process holds. Not for logs. */
export function personalKeys(): PersonalKeys {
  assert(held !== undefined, 'personal keys are held before the first person is read or written');
  return held.keys;
}

/** Bytes before the sealed text: the number of its key. */
const keyNumberLength = 2;

const label = 'personal';

/** Sealed by the current key: the key's number (2 bytes, big-endian), then nonce, ciphertext and tag. */
export function sealPersonal(secret: Uint8Array): Uint8Array {
  const { current, data } = personalKeys();
  assert(held && performance.now() < held.until, 'personal keys were looked up not long ago');
  const key = data.get(current);
  assert(key !== undefined, 'the current key is held');
  const number = Buffer.alloc(keyNumberLength);
  number.writeUInt16BE(current);
  return Buffer.concat([number, seal(key, label, secret)]);
}

/** The number of the key that sealed this; 0 when it is too short to say. */
export function keyNumberOf(sealed: Uint8Array): number {
  return ((sealed[0] ?? 0) << 8) | (sealed[1] ?? 0);
}

/** Thrown where sealed personal data does not open: damage, a key that is gone, or one that this process learns of in a moment. */
export class UnopenedError extends Error {
  override readonly name = 'UnopenedError';
}

/** What was sealed. @throws UnopenedError when its key is not held or a bit was changed: nothing is guessed. */
export function openPersonal(sealed: Uint8Array): Uint8Array {
  const number = keyNumberOf(sealed);
  const key = personalKeys().data.get(number);
  if (key === undefined) {
    missing();
    throw new UnopenedError(`personal data sealed by key ${number}, which is not held`);
  }
  const secret = unseal(key, label, sealed.subarray(keyNumberLength));
  if (secret === undefined)
    throw new UnopenedError('personal data that was changed after it was sealed');
  return secret;
}

/** What two equal texts have in common and nothing else tells: 16 bytes. `use` keeps a name from being found as an e-mail. */
export function blindKey(use: string, text: string): Uint8Array {
  return createHmac('sha256', personalKeys().index)
    .update(`${use}\0${text}`)
    .digest()
    .subarray(0, 16);
}
