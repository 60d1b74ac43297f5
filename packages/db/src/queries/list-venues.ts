import { eq } from 'drizzle-orm';
import type { DbOrTx } from '../client.ts';
import { siteLinks, sites } from '../schema/index.ts';

/** The venues that were paired with this cloud. */
export async function listVenues(db: DbOrTx): Promise<{ number: number; name: string }[]> {
  return db
    .select({ number: sites.number, name: sites.name })
    .from(sites)
    .innerJoin(siteLinks, eq(siteLinks.site, sites.number))
    .where(eq(sites.kind, 'venue'))
    .orderBy(sites.number);
}
