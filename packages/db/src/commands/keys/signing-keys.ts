import type { KeyObject } from 'node:crypto';
import { generateSigningKey, privateKeyOf } from '@catraca/domain/token/node';
import { and, eq, sql } from 'drizzle-orm';
import type { Db, DbOrTx, Tx } from '../../client.ts';
import { getLocalSite } from '../../local-site.ts';
import { organizations, signingKeys } from '../../schema/index.ts';
import { notify } from '../notify.ts';
import { atTheTerminal, writeAudit } from '../audit/write-audit.ts';
import { transact } from '../transact.ts';
import { seal, unseal } from './seal.ts';

/** The key that signs this site's passes now. Holds a private key: not for logs. */
export interface SigningKey {
  keyId: number;
  privateKey: KeyObject;
}

export type LoadKeyResult =
  | { ok: true; key: SigningKey }
  /** No key was made yet, or the master key is not the one it was sealed with. */
  | { ok: false; code: 'no_key' | 'wrong_master_key' };

/** Opens this site's signing key. `masterKey`: 32 bytes. */
export async function loadSigningKey(db: DbOrTx, masterKey: Uint8Array): Promise<LoadKeyResult> {
  const site = await getLocalSite(db);
  const [row] = await db.select().from(signingKeys).where(signsAt(site.number));
  if (!row?.privateKeySealed) return { ok: false, code: 'no_key' };
  const seed = unseal(masterKey, sealLabel(row.keyId), row.privateKeySealed);
  if (!seed) return { ok: false, code: 'wrong_master_key' };
  return { ok: true, key: { keyId: row.keyId, privateKey: privateKeyOf(seed) } };
}

/** Makes this site's first signing key unless it has one. @returns the id of the key that signs. */
export async function ensureSigningKey(db: Db, masterKey: Uint8Array, now: Date): Promise<number> {
  return transact<number>(db, async (tx) => {
    const site = await lockKeys(tx);
    const [signing] = await tx.select().from(signingKeys).where(signsAt(site));
    return signing?.keyId ?? (await createSigningKey(tx, site, masterKey, now));
  });
}

/**
 * From now on another key signs this site's passes. The one before is retired and verifies for ever what it signed.
 * @returns the new key's id.
 */
export async function rotateSigningKey(db: Db, masterKey: Uint8Array, now: Date): Promise<number> {
  return transact<number>(db, async (tx) => {
    const site = await lockKeys(tx);
    await tx.update(signingKeys).set({ state: 'retired', retiredAt: now }).where(signsAt(site));
    const keyId = await createSigningKey(tx, site, masterKey, now);
    // It signs for all.
    for (const { id } of await tx.select({ id: organizations.id }).from(organizations)) {
      const subject = { subjectKind: 'signing_key', subjectId: keyId };
      await writeAudit(tx, atTheTerminal(id), { action: 'key.rotate', ...subject });
    }
    return keyId;
  });
}

/** A key is made a few times a year: one at a time. @returns the site's number. */
async function lockKeys(tx: Tx): Promise<number> {
  await tx.execute(sql`lock table ${signingKeys} in share row exclusive mode`);
  return (await getLocalSite(tx)).number;
}

/** A key id is 16 bits: the site, then the site's own counter. */
const keysPerSiteMax = 255;

async function createSigningKey(
  tx: Tx,
  site: number,
  masterKey: Uint8Array,
  now: Date,
): Promise<number> {
  const [last] = await tx
    .select({ counter: sql<number>`coalesce(max(${signingKeys.keyId} & 255), 0)` })
    .from(signingKeys)
    .where(eq(sql`${signingKeys.keyId} >> 8`, site));
  const counter = (last?.counter ?? 0) + 1;
  if (counter > keysPerSiteMax) throw new Error(`Site ${site} has used all of its 255 key ids.`);
  const keyId = (site << 8) | counter;
  const { seed, publicKey } = generateSigningKey();
  const privateKeySealed = seal(masterKey, sealLabel(keyId), seed);
  await tx
    .insert(signingKeys)
    .values({ keyId, publicKey, privateKeySealed, state: 'signing', createdAt: now });
  await notify(tx, { kind: 'keys' });
  return keyId;
}

function signsAt(site: number) {
  return and(eq(signingKeys.state, 'signing'), eq(sql`${signingKeys.keyId} >> 8`, site));
}

function sealLabel(keyId: number): string {
  return `signing-key:${keyId}`;
}

export interface PublicKey {
  keyId: number;
  /** 32 bytes. */
  publicKey: Uint8Array;
  state: 'signing' | 'retired';
}

/** All keys that ever signed, of every known site: for the JWKS and for gates. */
export async function listPublicKeys(db: DbOrTx): Promise<PublicKey[]> {
  return db
    .select({
      keyId: signingKeys.keyId,
      publicKey: signingKeys.publicKey,
      state: signingKeys.state,
    })
    .from(signingKeys)
    .orderBy(signingKeys.keyId);
}
