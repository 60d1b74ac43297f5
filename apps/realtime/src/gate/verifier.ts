import { verify } from 'node:crypto';
import type { TokenCode, Verification } from '@catraca/domain';
import type { KeyRing } from './key-ring.ts';

/**
 * Tokens that may wait for their verification. At 150 µs each the last of them waits 20 ms; a flood of forgeries
 * must not become a queue in front of honest guests.
 */
export const verificationsMax = 128;

/** Verifies the tokens that are not stored here, on Node's thread pool, so that the gate's own thread goes on. */
export class Verifier {
  readonly #keys: KeyRing;
  #pending = 0;

  constructor(keys: KeyRing) {
    this.#keys = keys;
  }

  get pending(): number {
    return this.#pending;
  }

  /** False when too many wait already: `done` is not called. */
  offer(token: TokenCode, done: (verification: Verification) => void): boolean {
    const key = this.#keys.find(token.claims.keyId);
    if (key === undefined) {
      done('unknown_key');
      return true;
    }
    if (this.#pending >= verificationsMax) return false;
    this.#pending += 1;
    verify(null, token.signedBytes, key, token.signature, (error, valid) => {
      this.#pending -= 1;
      done(error === null && valid ? 'valid' : 'bad_signature');
    });
    return true;
  }
}
