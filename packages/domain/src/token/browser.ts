import type { CryptoKey } from 'jose';
import { assert } from '../assert.ts';
import type { TokenCode } from './code.ts';
import type { KeyLookup, Verification } from './verification.ts';

/*
 * Verification with WebCrypto: a browser that scans without a network. There is no signing here: private keys stay on a site.
 */

const keyLength = 32;

/** Imports the 32 bytes of a public key. Rejects with NotSupportedError in a browser without Ed25519. */
export async function importPublicKey(publicKey: Uint8Array<ArrayBuffer>): Promise<CryptoKey> {
  assert(publicKey.length === keyLength, 'an Ed25519 public key is 32 bytes');
  return crypto.subtle.importKey('raw', publicKey, 'Ed25519', false, ['verify']);
}

/** Whether one of our keys signed this. */
export async function verifyToken(
  token: TokenCode,
  keyOf: KeyLookup<CryptoKey>,
): Promise<Verification> {
  const key = keyOf(token.claims.keyId);
  if (key === undefined) return 'unknown_key';
  const valid = await crypto.subtle.verify('Ed25519', key, token.signature, token.signedBytes);
  return valid ? 'valid' : 'bad_signature';
}
