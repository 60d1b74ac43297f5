import { eq, max, sql } from 'drizzle-orm';
import type { Db, Tx } from '../client.ts';
import {
  drawDeviceToken,
  drawPairingCode,
  hashOfSecret,
  normalPairingCode,
} from '../commands/devices/secrets.ts';
import { takePersonalKeys } from '../commands/keys/personal-keys.ts';
import { seal as sealSecret, unseal } from '../commands/keys/seal.ts';
import { type Actor, writeAudit } from '../commands/audit/write-audit.ts';
import { transact } from '../commands/transact.ts';
import { getLocalSite, initSite } from '../local-site.ts';
import { organizations, siteCodes, siteLinks, sites } from '../schema/index.ts';
import type { SiteLink } from './licence.ts';
import { unwrapPersonalKeys, wrapPersonalKeys } from './personal-keys-on-the-way.ts';

/** A quarter of an hour: to carry it to the venue's machine and type it. */
const codeTtlMs = 15 * 60_000;

/** A year: a venue's key outlives any event, and a forgotten one ends. */
const keyTtlMs = 365 * 86_400_000;

export interface SiteCodeRequest {
  organizationId: string;
  siteName: string;
  /** Null at the console. */
  createdBy: string | null;
}

/** A code that makes a machine a venue of this organization. Shown once; not for logs. */
export async function createSiteCode(
  db: Db,
  request: SiteCodeRequest,
  now: Date,
  by: Actor | null = null,
): Promise<{ code: string; expiresAt: Date }> {
  const code = drawPairingCode();
  const expiresAt = new Date(now.getTime() + codeTtlMs);
  const codeHash = hashOfSecret(normalPairingCode(code));
  await transact(db, async (tx) => {
    await tx.insert(siteCodes).values({ ...request, codeHash, expiresAt, createdAt: now });
    const subject = { subjectKind: 'organization', subjectId: request.organizationId };
    const after = { siteName: request.siteName };
    if (by) await writeAudit(tx, by, { action: 'site.createCode', ...subject, after });
  });
  return { code, expiresAt };
}

export interface PairedSite {
  site: { number: number; name: string };
  cloud: { number: number; name: string };
  organization: { id: string; name: string; slug: string };
  /** Not for logs. */
  key: string;
  /** The keys of personal data, sealed with `key` (`wrapPersonalKeys`). */
  personalKeys: string;
  keyExpiresAt: Date;
}

export type RedeemSiteCodeResult =
  | { ok: true; paired: PairedSite }
  | { ok: false; code: 'code_unknown' | 'code_expired' | 'code_used' | 'no_more_sites' };

/** At the cloud: a machine shows a code and the digest of its first seal. The same machine may ask again, if the answer was lost. */
export async function redeemSiteCode(
  db: Db,
  request: { code: string; seal: string },
  now: Date,
): Promise<RedeemSiteCodeResult> {
  return transact<RedeemSiteCodeResult>(db, async (tx) => {
    const codeHash = hashOfSecret(normalPairingCode(request.code));
    const [code] = await tx
      .select()
      .from(siteCodes)
      .where(eq(siteCodes.codeHash, codeHash))
      .for('update');
    if (!code) return { ok: false, code: 'code_unknown' };
    if (code.expiresAt <= now) return { ok: false, code: 'code_expired' };
    const seal = Buffer.from(request.seal, 'hex');
    if (code.usedBy !== null && !(await isUnusedLinkOf(tx, code.usedBy, seal))) {
      return { ok: false, code: 'code_used' };
    }
    const number = code.usedBy ?? (await addSite(tx, code.siteName));
    if (number === undefined) return { ok: false, code: 'no_more_sites' };
    const { token: key, hash: keyHash } = drawDeviceToken();
    const keyExpiresAt = new Date(now.getTime() + keyTtlMs);
    const link = { organizationId: code.organizationId, keyHash, keyExpiresAt, seal };
    await tx
      .insert(siteLinks)
      .values({ site: number, ...link, createdAt: now })
      .onConflictDoUpdate({ target: siteLinks.site, set: link });
    await tx.update(siteCodes).set({ usedBy: number }).where(eq(siteCodes.codeHash, codeHash));
    const [organization] = await tx
      .select({ id: organizations.id, name: organizations.name, slug: organizations.slug })
      .from(organizations)
      .where(eq(organizations.id, code.organizationId));
    if (!organization) return { ok: false, code: 'code_unknown' };
    const { number: cloudNumber, name } = await getLocalSite(tx);
    return {
      ok: true,
      paired: {
        site: { number, name: code.siteName },
        cloud: { number: cloudNumber, name },
        ...{ organization, key, keyExpiresAt, personalKeys: wrapPersonalKeys(key) },
      },
    };
  });
}

/** Whether a code was used by this very machine, which has exchanged nothing since. */
async function isUnusedLinkOf(tx: Tx, site: number, seal: Uint8Array): Promise<boolean> {
  const [link] = await tx.select().from(siteLinks).where(eq(siteLinks.site, site));
  return (
    link?.seal !== undefined && link.nextSeal === null && Buffer.from(link.seal ?? []).equals(seal)
  );
}

async function addSite(tx: Tx, name: string): Promise<number | undefined> {
  await tx.execute(sql`lock table ${sites} in share row exclusive mode`);
  const [last] = await tx.select({ number: max(sites.number) }).from(sites);
  const number = (last?.number ?? 0) + 1;
  if (number > 255) return undefined;
  await tx.insert(sites).values({ number, name, kind: 'venue' });
  return number;
}

/** At the machine that becomes a venue: who it is from now on, and where its cloud is. `seal` in hexadecimal. */
export async function becomeVenue(
  db: Db,
  { site, cloud, organization, key, keyExpiresAt, personalKeys }: PairedSite,
  own: { url: string; seal: string; masterKey: Uint8Array },
): Promise<void> {
  await initSite(db, { ...site, kind: 'venue' });
  await takePersonalKeys(db, own.masterKey, unwrapPersonalKeys(key, personalKeys));
  await transact(db, async (tx) => {
    await tx
      .insert(sites)
      .values({ ...cloud, kind: 'cloud' })
      .onConflictDoNothing();
    await tx.insert(organizations).values(organization).onConflictDoNothing();
    const link = {
      ...{ organizationId: organization.id, url: own.url, keyExpiresAt },
      keySealed: sealSecret(own.masterKey, keyLabel(cloud.number), Buffer.from(key)),
      seal: Buffer.from(own.seal, 'hex'),
      nextSeal: null,
    };
    await tx
      .insert(siteLinks)
      .values({ site: cloud.number, ...link })
      .onConflictDoUpdate({ target: siteLinks.site, set: link });
  });
}

function keyLabel(cloud: number): string {
  return `site-key:${cloud}`;
}

/** At a venue: its cloud, and the key it shows there. Undefined at a cloud. @throws under another master key. */
export async function findCloud(
  db: Db,
  masterKey: Uint8Array,
): Promise<{ link: SiteLink; url: string; key: string } | undefined> {
  const [link] = await db
    .select()
    .from(siteLinks)
    .where(sql`${siteLinks.url} is not null`);
  if (!link?.url || !link.keySealed) return undefined;
  const key = unseal(masterKey, keyLabel(link.site), link.keySealed);
  if (!key) throw new Error('the site key was sealed with another master key');
  return { link, url: link.url, key: Buffer.from(key).toString() };
}

/** At the cloud: the venue that shows this key. */
export async function findVenueByKey(db: Db, key: string): Promise<SiteLink | undefined> {
  const [link] = await db
    .select()
    .from(siteLinks)
    .where(eq(siteLinks.keyHash, hashOfSecret(key)));
  return link;
}
