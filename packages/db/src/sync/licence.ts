import { createHash, randomBytes } from 'node:crypto';
import {
  type Licence,
  type LicenceAnswer,
  proposeSeal,
  proveLicence,
  sealAnswered,
  type SealProof,
  type Seals,
} from '@catraca/domain';
import { eq, isNotNull } from 'drizzle-orm';
import type { Db, DbOrTx, Tx } from '../client.ts';
import { transact } from '../commands/transact.ts';
import { notify } from '../commands/notify.ts';
import { sharedEvents, siteLinks } from '../schema/index.ts';

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
      fenced: link.state === 'fenced',
    };
    const answer = proveLicence(known, proof);
    if (answer.kind === 'fenced') return 'fenced';
    const { seal, next } = answer.licence;
    await tx
      .update(siteLinks)
      .set({ seal: bytes(seal), nextSeal: next === null ? null : bytes(next) })
      .where(eq(siteLinks.site, site));
    return 'confirmed';
  });
}

/** At the cloud: a venue whose facts are not those it told before. */
export async function fenceSite(db: Db, site: number, reason: string): Promise<void> {
  await db
    .update(siteLinks)
    .set({ state: 'fenced', stateReason: reason })
    .where(eq(siteLinks.site, site));
}

/** A venue that was restored, copied or revoked is over (SPEC Y-32, Y-34): it neither sells nor judges. A cloud always works. */
export async function mayThisSiteWork(db: DbOrTx): Promise<boolean> {
  const links = await db
    .select({ state: siteLinks.state })
    .from(siteLinks)
    .where(isNotNull(siteLinks.url));
  return links.every(({ state }) => state === 'active');
}

/** At a venue, before an exchange: what it shows. The next seal is stored before anybody is told of it. */
export async function proposeNextSeal(db: Db, cloud: number): Promise<SealProof> {
  return transact<SealProof>(db, async (tx) => {
    const proof = proposeSeal(await lockSeals(tx, cloud), drawSeal());
    await tx
      .update(siteLinks)
      .set({ nextSeal: bytes(proof.next) })
      .where(eq(siteLinks.site, cloud));
    return proof;
  });
}

/** At a venue, once the cloud answered what it showed: it goes on, or it is fenced. */
export async function sealWasAnswered(
  db: Db,
  cloud: number,
  proof: SealProof,
  answer: LicenceAnswer['kind'],
): Promise<void> {
  await transact(db, async (tx) => {
    const { seal, next, fenced } = sealAnswered(await lockSeals(tx, cloud), proof, answer);
    await tx
      .update(siteLinks)
      .set({ seal: bytes(seal), nextSeal: next === null ? null : bytes(next) })
      .where(eq(siteLinks.site, cloud));
    if (fenced) await end(tx, cloud, 'fenced', 'older_or_copied');
  });
}

/** At a venue: its cloud says that it was revoked there. It is over (SPEC Y-34). */
export async function siteWasRevoked(db: Db, cloud: number): Promise<void> {
  await transact(db, async (tx) => {
    await lockSeals(tx, cloud);
    await end(tx, cloud, 'revoked', 'at_cloud');
  });
}

/** This venue sells and judges nothing from now on: gates that are open hear of it. */
async function end(
  tx: Tx,
  cloud: number,
  state: 'fenced' | 'revoked',
  stateReason: string,
): Promise<void> {
  await tx.update(siteLinks).set({ state, stateReason }).where(eq(siteLinks.site, cloud));
  const shared = await tx.select({ eventId: sharedEvents.eventId }).from(sharedEvents);
  for (const { eventId } of shared) await notify(tx, { kind: 'config', eventId: String(eventId) });
}

async function lockSeals(tx: Tx, cloud: number): Promise<Seals> {
  const [link] = await tx.select().from(siteLinks).where(eq(siteLinks.site, cloud)).for('update');
  if (!link?.seal) throw new Error('this venue has no seal: pair it with its cloud');
  return {
    seal: hex(link.seal),
    next: link.nextSeal && hex(link.nextSeal),
    fenced: link.state === 'fenced',
  };
}

function hex(value: Uint8Array): string {
  return Buffer.from(value).toString('hex');
}

function bytes(value: string): Uint8Array {
  return Buffer.from(value, 'hex');
}
