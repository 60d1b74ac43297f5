import { eq, isNull, sql } from 'drizzle-orm';
import type { Db } from '../client.ts';
import { events, sharedEvents, siteLinks } from '../schema/index.ts';

/** Events that are shared with a venue. At a venue, `site` is this one. `ready`: all it had before is in its journal. */
export async function listSharedEvents(
  db: Db,
  site: number,
): Promise<{ eventId: bigint; ready: boolean }[]> {
  const rows = await db
    .select({ eventId: sharedEvents.eventId, recordedAt: sharedEvents.recordedAt })
    .from(sharedEvents)
    .where(eq(sharedEvents.site, site))
    .orderBy(sharedEvents.eventId);
  return rows.map(({ eventId, recordedAt }) => ({ eventId, ready: recordedAt !== null }));
}

/** At the cloud: events whose history must still be written into their journal. */
export async function listUnrecordedEvents(db: Db): Promise<bigint[]> {
  const rows = await db
    .select({ eventId: sharedEvents.eventId })
    .from(sharedEvents)
    .where(isNull(sharedEvents.recordedAt));
  return rows.map(({ eventId }) => eventId);
}

/**
 * At a venue: events that came from its cloud, which tell their facts from now on. What is written here of an event before it is
 * shared here, nobody writes: there is no event.
 */
export async function shareHere(db: Db, site: number, eventIds: readonly bigint[]): Promise<void> {
  for (const eventId of eventIds) {
    const now = new Date();
    await db.execute(sql`
      insert into ${sharedEvents} (event_id, site, since, recorded_at)
      select id, ${site}, ${now.toISOString()}::timestamptz, ${now.toISOString()}::timestamptz from ${events}
      where id = ${eventId} on conflict do nothing`);
  }
}

/** What people are told of the other side of this site. */
export interface LinkState {
  exchangedAt: Date;
  /** How far the other site's clock is ahead, ms. */
  clockAheadMs: number;
  toSend: number;
  toTake: number;
}

export async function markExchanged(db: Db, site: number, state: LinkState): Promise<void> {
  await db
    .update(siteLinks)
    .set({ ...state, problem: null })
    .where(eq(siteLinks.site, site));
}

/** Why there was no exchange: a code that pages have words for. */
export async function markProblem(db: Db, site: number, problem: string): Promise<void> {
  await db.update(siteLinks).set({ problem }).where(eq(siteLinks.site, site));
}
