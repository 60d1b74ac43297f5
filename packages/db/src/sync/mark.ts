import { checkMark, type StoredMark } from '@catraca/domain';
import { and, eq, isNotNull, sql } from 'drizzle-orm';
import type { Db } from '../client.ts';
import { siteLinks, streams } from '../schema/index.ts';
import { numberFacts } from './read-facts.ts';

/** Facts that are numbered in one step while a mark is read: a venue that nobody exchanges with numbers them here. */
const numberedAtOnce = 5_000;

/** At a venue: how far its own journal is. Undefined at a cloud, whose database is told from an older one by its venues. */
export async function readMark(db: Db): Promise<StoredMark | undefined> {
  const [link] = await db.select().from(siteLinks).where(isNotNull(siteLinks.url));
  if (!link) return undefined;
  const shared = await db.execute<{ event_id: string }>(sql`select event_id from shared_events`);
  const marked = new Map<string, { no: number; id: string }>();
  for (const { event_id } of shared) {
    for (const stream of streams) {
      await numberFacts(db, BigInt(event_id), stream, numberedAtOnce);
      const [last] = await db.execute<{ no: number; id: string }>(sql`
        select no, id from journal where event_id = ${event_id} and stream = ${stream} and no is not null
        order by no desc limit 1`);
      if (last) marked.set(`${event_id}/${stream}`, { no: last.no, id: last.id });
    }
  }
  return { pairing: link.pairing, streams: marked };
}

/**
 * At a venue, when it starts: whether its database is the one that the mark beside it was written for. An older one, or one on another
 * machine, is over: it sells and judges nothing, and is paired anew (SPEC Y-32). At a cloud it is always proved.
 */
export async function proveMark(db: Db, mark: StoredMark | null): Promise<'proved' | 'unproved'> {
  const [link] = await db.select().from(siteLinks).where(isNotNull(siteLinks.url));
  if (!link || link.state !== 'active') return link === undefined ? 'proved' : 'unproved';
  const ids = new Map<string, string>();
  for (const [name, { no }] of mark?.streams ?? []) {
    const [eventId, stream] = name.split('/');
    const [fact] = await db.execute<{ id: string }>(sql`
      select id from journal where event_id = ${eventId} and stream = ${stream} and no = ${no}`);
    if (fact) ids.set(`${name}/${no}`, fact.id);
  }
  const proved = checkMark(mark, link.pairing, (stream, no) => ids.get(`${stream}/${no}`));
  if (proved === 'unproved') {
    await db
      .update(siteLinks)
      .set({ state: 'unproved', stateReason: mark === null ? 'no_mark' : 'older_than_mark' })
      .where(and(eq(siteLinks.site, link.site), eq(siteLinks.state, 'active')));
  }
  return proved;
}
