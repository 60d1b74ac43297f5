import type { FoundCode } from './codes.ts';

/** Two readings count as following each other within this time (ms). */
const followsWithinMs = 1_000;

/**
 * Holds back a linear code until it was read twice alike: Code 128's one check digit lets a misread bar through
 * now and then, which the error correction of the square codes does not.
 */
export class SecondReading {
  #text: string | undefined;
  #atMs = 0;

  /** Whether this code may be believed. `nowMs` is any clock that does not go back. */
  confirms(code: Pick<FoundCode, 'text' | 'format'>, nowMs: number): boolean {
    if (code.format !== 'code128') return true;
    const confirmed = this.#text === code.text && nowMs - this.#atMs <= followsWithinMs;
    this.#text = code.text;
    this.#atMs = nowMs;
    return confirmed;
  }
}
