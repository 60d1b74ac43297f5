import { assert } from '../assert.ts';

/** Crockford's: no I, L, O and U, and all of it in the QR code's alphanumeric set. */
export const base32Alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

const bytesPerGroup = 5;
const digitsPerGroup = 8;

const codeOfDigit = Uint8Array.from(base32Alphabet, (digit) => digit.charCodeAt(0));
const digitOfCode = new Uint8Array(128);
codeOfDigit.forEach((code, digit) => (digitOfCode[code] = digit));

/** Base32 without padding, of whole groups of five bytes: so every text stands for one sequence of bytes and no other. */
export function base32Encode(bytes: Uint8Array): string {
  assert(bytes.length % bytesPerGroup === 0, 'base32 here takes whole groups of five bytes');
  const codes = new Uint8Array((bytes.length / bytesPerGroup) * digitsPerGroup);
  let out = 0;
  let bits = 0;
  let buffer = 0;
  for (const byte of bytes) {
    buffer = ((buffer << 8) | byte) & 0xffff;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      codes[out++] = codeOfDigit[(buffer >> bits) & 31] ?? 0;
    }
  }
  return String.fromCharCode(...codes);
}

/** The bytes of a text that was checked to be of the alphabet and of whole groups, from `start` on. */
export function base32Decode(text: string, start: number): Uint8Array<ArrayBuffer> {
  assert(
    (text.length - start) % digitsPerGroup === 0,
    'base32 here comes in groups of eight digits',
  );
  const bytes = new Uint8Array(((text.length - start) / digitsPerGroup) * bytesPerGroup);
  let out = 0;
  let bits = 0;
  let buffer = 0;
  for (let i = start; i < text.length; i++) {
    buffer = ((buffer << 5) | (digitOfCode[text.charCodeAt(i)] ?? 0)) & 0xfff;
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      bytes[out++] = (buffer >> bits) & 0xff;
    }
  }
  return bytes;
}
