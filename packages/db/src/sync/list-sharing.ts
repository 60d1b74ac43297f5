import { desc, eq } from 'drizzle-orm';
import type { DbOrTx } from '../client.ts';
import { events, sharedEvents, sites } from '../schema/index.ts';

/** The events of an organization, and which venue shares each: null where none does. `recorded`: all it had before is in its journal. */
export async function listSharing(db: DbOrTx, organizationId: string) {
  const rows = await db
    .select({
      slug: events.slug,
      name: events.name,
      status: events.status,
      timeZone: events.timeZone,
      site: sharedEvents.site,
      siteName: sites.name,
      since: sharedEvents.since,
      recordedAt: sharedEvents.recordedAt,
    })
    .from(events)
    .leftJoin(sharedEvents, eq(sharedEvents.eventId, events.id))
    .leftJoin(sites, eq(sites.number, sharedEvents.site))
    .where(eq(events.organizationId, organizationId))
    .orderBy(desc(events.id));
  return rows.map(({ site, siteName, since, recordedAt, ...event }) => ({
    ...event,
    shared:
      site === null || siteName === null || since === null
        ? null
        : { site, siteName, since, recorded: recordedAt !== null },
  }));
}
