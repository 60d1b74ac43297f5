import { and, eq, isNull } from 'drizzle-orm';
import type { Db } from '../client.ts';
import { type Actor, writeAudit } from '../commands/audit/write-audit.ts';
import { transact } from '../commands/transact.ts';
import { siteLinks } from '../schema/index.ts';

/** At the cloud: no exchange with this venue from now on, for ever. @returns whether it is one of the organization. */
export async function revokeSite(
  db: Db,
  organizationId: string,
  site: number,
  by: Actor | null = null,
): Promise<boolean> {
  return transact<boolean>(db, async (tx) => {
    const which = and(
      ...[eq(siteLinks.site, site), eq(siteLinks.organizationId, organizationId)],
      isNull(siteLinks.url),
    );
    const [before] = await tx
      .select({ state: siteLinks.state })
      .from(siteLinks)
      .where(which)
      .for('no key update');
    if (!before) return false;
    await tx.update(siteLinks).set({ state: 'revoked' }).where(which);
    const entry = { action: 'site.revoke', subjectKind: 'site', subjectId: site };
    if (by) await writeAudit(tx, by, { ...entry, before, after: { state: 'revoked' } });
    return true;
  });
}
