import { createHash, randomBytes } from 'node:crypto';
import {
  type Licence,
  proposeSeal,
  proveLicence,
  sealConfirmed,
  type SealProof,
} from '@catraca/domain';
import { eq } from 'drizzle-orm';
import type { Db } from '../client.ts';
import { transact } from '../commands/transact.ts';
import { siteLinks } from '../schema/index.ts';

export type SiteLink = typeof siteLinks.$inferSelect;

/** A new seal: 32 random bytes in hexadecimal. What travels and what the cloud keeps is its SHA-256. */
export function drawSeal(): string {
  return randomBytes(32).toString('hex');
}

export function digestOfSeal(seal: string): string {
  return createHash('sha256').update(Buffer.from(seal, 'hex')).digest('hex');
}

/** At the cloud: whether this is the one machine that is the venue. Another, or an older state of it, is fenced for ever. */
export async function proveSite(
  db: Db,
  site: number,
  proof: SealProof,
): Promise<'confirmed' | 'fenced'> {
  return transact<'confirmed' | 'fenced'>(db, async (tx) => {
    const [link] = await tx.select().from(siteLinks).where(eq(siteLinks.site, site)).for('update');
    if (!link?.seal) return 'fenced';
    const known: Licence = {
      seal: hex(link.seal),
      next: link.nextSeal && hex(link.nextSeal),
      fenced: link.state !== 'active',
    };
    const { kind, licence } = proveLicence(known, proof);
    await tx
      .update(siteLinks)
      .set({
        seal: Buffer.from(licence.seal, 'hex'),
        nextSeal: licence.next === null ? null : Buffer.from(licence.next, 'hex'),
        ...(kind === 'fenced' && link.state === 'active'
          ? { state: 'fenced' as const, stateReason: 'older_or_copied' }
          : {}),
      })
      .where(eq(siteLinks.site, site));
    return kind;
  });
}

/** At the cloud: a venue whose facts are not those it told before. */
export async function fenceSite(db: Db, site: number, reason: string): Promise<void> {
  await db
    .update(siteLinks)
    .set({ state: 'fenced', stateReason: reason })
    .where(eq(siteLinks.site, site));
}

/** At a venue, before an exchange: what it shows. The next seal is stored before anybody is told of it. */
export async function proposeNextSeal(db: Db, cloud: number): Promise<SealProof> {
  return transact<SealProof>(db, async (tx) => {
    const [link] = await tx.select().from(siteLinks).where(eq(siteLinks.site, cloud)).for('update');
    if (!link?.seal) throw new Error('this venue has no seal: pair it with its cloud');
    const seals = { seal: hex(link.seal), next: link.nextSeal && hex(link.nextSeal) };
    const { seal, next } = proposeSeal(seals, drawSeal());
    await tx
      .update(siteLinks)
      .set({ nextSeal: Buffer.from(next, 'hex') })
      .where(eq(siteLinks.site, cloud));
    return { seal, next };
  });
}

/** At a venue, after the cloud said yes. @returns the seal it proves itself with from now on. */
export async function confirmSeal(db: Db, cloud: number, proof: SealProof): Promise<string> {
  return transact<string>(db, async (tx) => {
    const [link] = await tx.select().from(siteLinks).where(eq(siteLinks.site, cloud)).for('update');
    if (!link?.seal) throw new Error('this venue has no seal: pair it with its cloud');
    const { seal, next } = sealConfirmed(
      { seal: hex(link.seal), next: link.nextSeal && hex(link.nextSeal) },
      proof,
    );
    await tx
      .update(siteLinks)
      .set({
        seal: Buffer.from(seal, 'hex'),
        nextSeal: next === null ? null : Buffer.from(next, 'hex'),
        state: 'active',
        stateReason: null,
      })
      .where(eq(siteLinks.site, cloud));
    return seal;
  });
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
