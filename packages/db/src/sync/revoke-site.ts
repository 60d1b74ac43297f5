import { and, eq, isNull } from 'drizzle-orm';
import type { Db } from '../client.ts';
import { siteLinks } from '../schema/index.ts';

/** At the cloud: no exchange with this venue from now on, for ever. @returns whether it is one of the organization. */
export async function revokeSite(db: Db, organizationId: string, site: number): Promise<boolean> {
  const revoked = await db
    .update(siteLinks)
    .set({ state: 'revoked' })
    .where(
      and(
        eq(siteLinks.site, site),
        eq(siteLinks.organizationId, organizationId),
        isNull(siteLinks.url),
      ),
    )
    .returning({ site: siteLinks.site });
  return revoked.length > 0;
}
