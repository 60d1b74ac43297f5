import { listPublicKeys, loadSigningKey, type DbOrTx, type SigningKey } from '@catraca/db';
import type { Parsed, PassClaims } from '@catraca/domain';
import { signPassJwt, verifyPassJwt, type JwtProblem } from '@catraca/domain/token/jwt';
import { publicKeyOf } from '@catraca/domain/token/node';
import { Fresh } from '../fresh.ts';
import type { Links } from '../links.ts';

/** How long (ms) a process goes on with the key it has read: one that was retired a moment ago still verifies. */
const keyMaxAgeMs = 1_000;

const keys = new WeakMap<Uint8Array, WeakMap<DbOrTx, Fresh<SigningKey>>>();

/** The key that signs passes and ticket links. @throws when there is none, which is for the operator to mend. */
export function getSigningKey(db: DbOrTx, masterKey: Uint8Array): Promise<SigningKey> {
  const ofMaster = keys.get(masterKey) ?? new WeakMap<DbOrTx, Fresh<SigningKey>>();
  keys.set(masterKey, ofMaster);
  const fresh = ofMaster.get(db) ?? new Fresh<SigningKey>(keyMaxAgeMs);
  ofMaster.set(db, fresh);
  return fresh.get('', () => loadKey(db, masterKey));
}

async function loadKey(db: DbOrTx, masterKey: Uint8Array): Promise<SigningKey> {
  const loaded = await loadSigningKey(db, masterKey);
  if (!loaded.ok) throw new Error(`the signing key cannot be used: ${loaded.code}`);
  return loaded.key;
}

/** The address of a ticket's page. It is signed by the key of today, whichever signed the code on the ticket. */
export async function ticketUrl(
  { claims }: { claims: PassClaims },
  key: SigningKey,
  links: Links,
): Promise<string> {
  const jwt = await signPassJwt({ ...claims, keyId: key.keyId }, key.privateKey, links.origin);
  return links.ticket(jwt);
}

/** What a ticket's address says, when one of this site's keys signed it. */
export async function readTicketJwt(
  db: DbOrTx,
  jwt: string,
  links: Links,
): Promise<Parsed<PassClaims, JwtProblem>> {
  const known = new Map((await listPublicKeys(db)).map((key) => [key.keyId, key.publicKey]));
  const keyOf = (keyId: number) => {
    const bytes = known.get(keyId);
    return bytes && publicKeyOf(bytes);
  };
  return verifyPassJwt(jwt, keyOf, links.origin);
}
