import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  sign,
  verify,
  type KeyObject,
} from 'node:crypto';
import { assert } from '../assert.ts';
import type { PassClaims } from './claims.ts';
import { bytesToSign, formatToken, type TokenCode } from './code.ts';
import type { KeyLookup, Verification } from './verification.ts';

/** A key pair as it is stored: the private half is its 32-byte seed, to be sealed before it touches a disk. */
export interface SigningKeyBytes {
  readonly seed: Uint8Array;
  /** 32 bytes. */
  readonly publicKey: Uint8Array;
}

export function generateSigningKey(): SigningKeyBytes {
  const jwk = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' });
  assert(jwk.d !== undefined && jwk.x !== undefined, 'an Ed25519 key has both halves');
  return { seed: fromBase64Url(jwk.d), publicKey: fromBase64Url(jwk.x) };
}

function fromBase64Url(text: string): Uint8Array {
  return Uint8Array.from(Buffer.from(text, 'base64url'));
}

/** What precedes the seed in PKCS #8 and the public key in SPKI (RFC 8410): the same bytes for every Ed25519 key. */
const pkcs8Head = Buffer.from('302e020100300506032b657004220420', 'hex');
const spkiHead = Buffer.from('302a300506032b6570032100', 'hex');
const keyLength = 32;

export function privateKeyOf(seed: Uint8Array): KeyObject {
  assert(seed.length === keyLength, 'an Ed25519 seed is 32 bytes');
  return createPrivateKey({ key: Buffer.concat([pkcs8Head, seed]), format: 'der', type: 'pkcs8' });
}

export function publicKeyOf(publicKey: Uint8Array): KeyObject {
  assert(publicKey.length === keyLength, 'an Ed25519 public key is 32 bytes');
  return createPublicKey({
    key: Buffer.concat([spkiHead, publicKey]),
    format: 'der',
    type: 'spki',
  });
}

/** The token of these claims: the text of the QR code. Ed25519 is deterministic, so the same claims give the same token. */
export function signToken(claims: PassClaims, privateKey: KeyObject): string {
  return formatToken(claims, sign(null, bytesToSign(claims), privateKey));
}

/** Whether one of our keys signed this. 150 µs: not for the hot path, which compares what is stored. */
export function verifyToken(token: TokenCode, keyOf: KeyLookup<KeyObject>): Verification {
  const key = keyOf(token.claims.keyId);
  if (key === undefined) return 'unknown_key';
  return verify(null, token.signedBytes, key, token.signature) ? 'valid' : 'bad_signature';
}
