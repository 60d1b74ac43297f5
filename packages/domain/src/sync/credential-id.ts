import { assert } from '../assert.ts';
import type { PassId } from '../ids/brands.ts';
import { derivedIdBit, toId } from '../ids/site-id.ts';

/** How many bytes of a digest `credentialId` takes. */
export const credentialDigestBytes = 8;

/**
 * The id of the credential of one person at one event, the same wherever it is granted (SPEC Y-40). `digest` are the first
 * eight bytes of a cryptographic digest over the event's id and the person's key, which the caller computed. 62 bits of it count: among
 * a million credentials of all events two meet with a chance of one in nine million.
 */
export function credentialId(digest: Uint8Array): PassId {
  assert(digest.length === credentialDigestBytes, 'a credential id takes eight bytes');
  const bits = new DataView(digest.buffer, digest.byteOffset, digest.byteLength).getBigUint64(0);
  return toId<PassId>(derivedIdBit | (bits & (derivedIdBit - 1n)));
}
