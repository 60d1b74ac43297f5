import { createHash, randomBytes, randomInt } from 'node:crypto';

/** What a device shows to prove who it is. Only the device keeps it. */
export interface DeviceToken {
  /** 32 random bytes, base64url. Not for logs. */
  token: string;
  hash: Uint8Array;
}

const tokenBytes = 32;

export function drawDeviceToken(): DeviceToken {
  const token = randomBytes(tokenBytes).toString('base64url');
  return { token, hash: hashOfSecret(token) };
}

/** SHA-256: what is kept of a token or a pairing code. They are random and long, so nothing slower is needed. */
export function hashOfSecret(secret: string): Uint8Array {
  return createHash('sha256').update(secret).digest();
}

/** Crockford's letters and digits: read off a screen and typed where no camera works. */
const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** 60 bits: at a million guesses a second, one in 10^10 in the two minutes a code lives. Wrong guesses change nothing. */
const pairingLetters = 12;

/** A pairing code such as `9K2X-0TQM-41ZB`. */
export function drawPairingCode(): string {
  const text = Array.from({ length: pairingLetters }, () => letters[randomInt(letters.length)]);
  return text.join('').replace(/(.{4})(?=.)/g, '$1-');
}

/** Upper case and without what people add or leave out. */
export function normalPairingCode(code: string): string {
  return code.toUpperCase().replaceAll(/[\s-]/g, '');
}
