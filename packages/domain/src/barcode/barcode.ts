import { assert } from '../assert.ts';
import type { Branded } from '../ids/brands.ts';
import type { Parsed } from '../parsed.ts';

/** 16 digits: 14 that were drawn at random and 2 check digits (ISO 7064 MOD 97-10). Printed as Code 128 C. */
export type BarcodeNumber = Branded<string, 'barcode'>;

/** Random digits: 10^14 numbers, so that a guess among 300,000 passes hits once in 300 million. */
const payloadLength = 14;
const payloads = 10n ** BigInt(payloadLength);

/** How many random bytes `makeBarcode` takes. */
export const barcodeRandomBytes = 8;

/** The number of eight random bytes. 2^64 is not a multiple of 10^14: the bias is 1 in 180,000 and helps nobody guess. */
export function makeBarcode(random: Uint8Array): BarcodeNumber {
  assert(random.length === barcodeRandomBytes, 'a barcode number takes eight random bytes');
  const view = new DataView(random.buffer, random.byteOffset, random.byteLength);
  const payload = (view.getBigUint64(0) % payloads).toString().padStart(payloadLength, '0');
  return withCheckDigits(payload);
}

/** The number of 14 digits: their two check digits appended. */
export function withCheckDigits(payload: string): BarcodeNumber {
  assert(/^[0-9]{14}$/.test(payload), 'the payload of a barcode is 14 digits');
  const check = 98 - remainder97(`${payload}00`);
  return (payload + check.toString().padStart(2, '0')) as BarcodeNumber;
}

const written = /^[0-9]{4}([ -]?[0-9]{4}){3}$/;

/**
 * A number as it is read or typed: 16 digits, in groups of four where a person typed them.
 * `wrong_check_digits`: 16 digits, mistyped or not ours.
 */
export function parseBarcode(
  text: string,
): Parsed<BarcodeNumber, 'malformed' | 'wrong_check_digits'> {
  if (!written.test(text)) return { ok: false, problem: 'malformed' };
  const digits = text.replaceAll(/[ -]/g, '');
  if (remainder97(digits) !== 1) return { ok: false, problem: 'wrong_check_digits' };
  return { ok: true, value: digits as BarcodeNumber };
}

/** For people, in groups of four: `1234 5678 9012 3428`. */
export function formatBarcode(number: BarcodeNumber): string {
  return number.replace(/(.{4})(?=.)/g, '$1 ');
}

/** 16 digits fit no double: the remainder is taken in two halves. */
function remainder97(digits: string): number {
  return ((Number(digits.slice(0, 8)) % 97) * 1e8 + Number(digits.slice(8))) % 97;
}
