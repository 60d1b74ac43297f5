import { and, asc, eq } from 'drizzle-orm';
import type { DbOrTx } from '../client.ts';
import { sharedEvents, siteLinks, sites } from '../schema/index.ts';
import { countUntold } from './told.ts';

export interface SiteLinkView {
  site: number;
  name: string;
  kind: 'cloud' | 'venue';
  state: (typeof siteLinks.$inferSelect)['state'];
  stateReason: string | null;
  /** When both sides last agreed; null before the first time. */
  exchangedAt: Date | null;
  /** How far its clock is ahead of this site's, ms. */
  clockAheadMs: number | null;
  /** Why the last attempt failed, at a venue; null when it did not. */
  problem: string | null;
  /** Facts of this site that it has not taken. */
  toSend: number;
  /** Facts of it that wait to come, as of the last exchange. */
  toTake: number;
  pairedAt: Date;
}

/** The sites that this one exchanges facts with for an organization: its venues at the cloud, the cloud at a venue. */
export async function listSiteLinks(db: DbOrTx, organizationId: string): Promise<SiteLinkView[]> {
  const rows = await db
    .select({
      site: sites.number,
      name: sites.name,
      kind: sites.kind,
      state: siteLinks.state,
      stateReason: siteLinks.stateReason,
      exchangedAt: siteLinks.exchangedAt,
      clockAheadMs: siteLinks.clockAheadMs,
      problem: siteLinks.problem,
      toTake: siteLinks.toTake,
      pairedAt: siteLinks.createdAt,
    })
    .from(siteLinks)
    .innerJoin(sites, eq(sites.number, siteLinks.site))
    .where(eq(siteLinks.organizationId, organizationId))
    .orderBy(asc(sites.number));
  const waiting = await countUntoldBySite(db);
  return rows.map((row) => ({
    ...row,
    // All that is shared at a venue is shared with its cloud.
    toSend: row.kind === 'cloud' ? sum(waiting.values()) : (waiting.get(row.site) ?? 0),
  }));
}

/** What a venue's pages are told of its cloud, without asking whose they are: a venue has one. Undefined at a cloud. */
export async function findCloudLink(
  db: DbOrTx,
): Promise<Omit<SiteLinkView, 'site' | 'kind'> | undefined> {
  const [row] = await db
    .select({
      name: sites.name,
      state: siteLinks.state,
      stateReason: siteLinks.stateReason,
      exchangedAt: siteLinks.exchangedAt,
      clockAheadMs: siteLinks.clockAheadMs,
      problem: siteLinks.problem,
      toTake: siteLinks.toTake,
      pairedAt: siteLinks.createdAt,
    })
    .from(siteLinks)
    .innerJoin(sites, and(eq(sites.number, siteLinks.site), eq(sites.kind, 'cloud')));
  return row && { ...row, toSend: sum((await countUntold(db)).values()) };
}

async function countUntoldBySite(db: DbOrTx): Promise<Map<number, number>> {
  const untold = await countUntold(db);
  const shared = await db
    .select({ eventId: sharedEvents.eventId, site: sharedEvents.site })
    .from(sharedEvents);
  const bySite = new Map<number, number>();
  for (const { eventId, site } of shared) {
    bySite.set(site, (bySite.get(site) ?? 0) + (untold.get(eventId) ?? 0));
  }
  return bySite;
}

function sum(numbers: Iterable<number>): number {
  return [...numbers].reduce((all, one) => all + one, 0);
}
