import type { Db } from '../client.ts';
import { signingKeys } from '../schema/index.ts';

/** The public halves of all keys that ever signed, 32 bytes each, by their id. */
export async function listPublicKeys(db: Db): Promise<Map<number, Uint8Array>> {
  const rows = await db
    .select({ keyId: signingKeys.keyId, publicKey: signingKeys.publicKey })
    .from(signingKeys);
  return new Map(rows.map(({ keyId, publicKey }) => [keyId, publicKey]));
}
