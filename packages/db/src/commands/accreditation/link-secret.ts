import { randomBytes } from 'node:crypto';
import { hashOfSecret } from '../devices/secrets.ts';

/** 256 bits: nobody guesses one, so guesses need not be counted. */
const secretBytes = 32;

/** What a delegation's link carries. Only its hash is kept. Not for logs. */
export function drawLinkSecret(): { secret: string; linkHash: Uint8Array } {
  const secret = randomBytes(secretBytes).toString('base64url');
  return { secret, linkHash: hashOfSecret(secret) };
}
