import { createPublicKey } from 'node:crypto';
import { assert } from '../src/index.ts';
import { privateKeyOf } from '../src/token/node.ts';

/** The 32 bytes of the public key that belongs to a seed. */
export function rawPublicKeyOf(seed: Uint8Array): Uint8Array<ArrayBuffer> {
  const { x } = createPublicKey(privateKeyOf(seed)).export({ format: 'jwk' });
  assert(x !== undefined, 'an Ed25519 key has a public half');
  return Uint8Array.from(Buffer.from(x, 'base64url'));
}
