import { sql } from 'drizzle-orm';
import type { Db } from '../client.ts';
import type { streams } from '../schema/journal.ts';
import { transact } from '../commands/transact.ts';

export type Stream = (typeof streams)[number];

/** A fact as it travels. `body` is JSON text, which JavaScript never reads: its ids have 64 bits. */
export interface Fact {
  no: number;
  /** UUID. */
  id: string;
  kind: string;
  /** ISO 8601, with microseconds. */
  at: string;
  body: string;
}

/** Any number that all Catraca processes share and nothing else uses: one at a time gives out numbers. */
const numberingLock = 7_220_414;

/**
 * This site's own facts of an event after number `after`, in their order and without a gap, at most `limit`. What is still being
 * written, and everything after it, comes another time: nothing is ever skipped.
 */
export async function readFacts(
  db: Db,
  eventId: bigint,
  stream: Stream,
  after: number,
  limit: number,
): Promise<Fact[]> {
  await numberFacts(db, eventId, stream, limit);
  return db.execute<Fact & Record<string, unknown>>(sql`
    select j.no, j.id, j.kind, to_json(j.at)#>>'{}' as at, ${bodyOf(stream)} as body
    from journal j where j.event_id = ${eventId} and j.stream = ${stream} and j.no > ${after}
    order by j.no limit ${limit}`);
}

/** A batch of scans is told as its rows, which nobody edits either. */
function bodyOf(stream: Stream) {
  return stream === 'sales'
    ? sql`j.body::text`
    : sql`(select jsonb_build_object('scans', jsonb_agg(to_jsonb(s) order by s.pass_id, s.crossing_no))
        from scans s where s.event_id = j.event_id and s.at = j.at)::text`;
}

/** Numbers of this site's last fact of an event's stream, as far as they are given out. */
export async function lastFactNo(db: Db, eventId: bigint, stream: Stream): Promise<number> {
  const [row] = await db.execute<{ no: number }>(sql`
    select coalesce(max(no), 0) as no from journal
    where event_id = ${eventId} and stream = ${stream} and no is not null`);
  return row?.no ?? 0;
}

/** Gives numbers to facts that are complete. Twice settled, since the first time may only say what must be waited for. */
async function numberFacts(db: Db, eventId: bigint, stream: Stream, limit: number): Promise<void> {
  const [open] = await db.execute(sql`
    select from journal where event_id = ${eventId} and stream = ${stream} and no is null limit 1`);
  if (open === undefined) return;
  await db.execute(sql`select settle_journal()`);
  await db.execute(sql`select settle_journal()`);
  await transact(db, async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(${numberingLock})`);
    await tx.execute(sql`
      with last as (
        select coalesce(max(no), 0) as no from journal
        where event_id = ${eventId} and stream = ${stream} and no is not null
      ), complete as (
        select seq, row_number() over (order by seq)::int as n from (
          select seq from journal where event_id = ${eventId} and stream = ${stream} and no is null
            and seq <= (select settled_seq from journal_horizon)
          order by seq limit ${limit}
        ) as first
      )
      update journal set no = last.no + complete.n from last, complete where journal.seq = complete.seq`);
  });
}
