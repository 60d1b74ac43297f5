import { type SQL, sql } from 'drizzle-orm';
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

/** A piece of a site's own stream of an event. */
export interface FactBatch {
  /** Id of the fact before the first of these; null when that is number 1. */
  afterId: string | null;
  facts: Fact[];
  /** Facts that wait behind these. */
  waiting: number;
}

/** How many at most, by number and by the characters of their bodies. */
export interface BatchSize {
  facts: number;
  length: number;
}

/** Any number that all Catraca processes share and nothing else uses: one at a time gives out numbers. */
const numberingLock = 7_220_414;

/**
 * This site's own facts of an event after number `after`, in their order and without a gap. What is still being written, and
 * everything after it, comes another time: nothing is ever skipped. One fact comes however long it is.
 */
export async function readFacts(
  db: Db,
  eventId: bigint,
  stream: Stream,
  after: number,
  size: BatchSize,
): Promise<FactBatch> {
  await numberFacts(db, eventId, stream, size.facts);
  const ofStream = sql`j.event_id = ${eventId} and j.stream = ${stream}`;
  const found = await db.execute<Fact & Record<string, unknown>>(sql`
    select j.no, j.id, j.kind, to_json(j.at)#>>'{}' as at, ${bodyOf(stream)} as body
    from (${stream === 'sales' ? lightSales(ofStream, after, size) : lightScans(ofStream, after, size)}) as j
    order by j.no limit ${size.facts}`);
  const [before] = await db.execute<{ id: string }>(sql`
    select j.id from journal j where ${ofStream} and j.no = ${after}`);
  const facts = withinLength([...found], size.length);
  return {
    afterId: before?.id ?? null,
    facts,
    waiting: await countAfter(db, eventId, stream, facts.at(-1)?.no ?? after),
  };
}

/** A batch of scans may be one or many: as many batches as have so many scans together, and one at least, are written out. */
function lightScans(ofStream: SQL, after: number, size: BatchSize): SQL {
  return sql`
    select * from (
      select j.*, sum(j.scans) over (order by j.no) - j.scans as scans_before from (
        select j.*, (select count(*) from scans s where s.event_id = j.event_id and s.at = j.at) as scans
        from journal j where ${ofStream} and j.no > ${after} order by j.no limit ${size.facts}
      ) as j
    ) as j where j.scans_before < ${Math.ceil(size.length / scanLength)}`;
}

/** Credentials bring photos, which are read when they are told: no more of them than go into a message, and one at least. */
function lightSales(ofStream: SQL, after: number, size: BatchSize): SQL {
  return sql`
    select * from (
      select j.*, sum(j.photos) over (order by j.no) - j.photos as photos_before from (
        select j.*, case when jsonb_typeof(j.body->'photos') = 'array' then jsonb_array_length(j.body->'photos') else 0 end as photos
        from journal j where ${ofStream} and j.no > ${after} order by j.no limit ${size.facts}
      ) as j
    ) as j where j.photos_before < ${Math.ceil(size.length / photoLength)}`;
}

/** Characters of a photo as JSON, at most. */
const photoLength = 200_000;

/** Characters of a scan as JSON, about. */
const scanLength = 450;

function withinLength(facts: Fact[], lengthMax: number): Fact[] {
  let length = 0;
  const over = facts.findIndex(
    ({ body }, index) => (length += body.length) > lengthMax && index > 0,
  );
  return over < 0 ? facts : facts.slice(0, over);
}

async function countAfter(db: Db, eventId: bigint, stream: Stream, no: number): Promise<number> {
  const [row] = await db.execute<{ n: number }>(sql`
    select count(*)::int as n from journal
    where event_id = ${eventId} and stream = ${stream} and (no is null or no > ${no})`);
  return row?.n ?? 0;
}

/**
 * Tables whose rows a fact only names, by their `id`, and which are told as they are when the fact is told: so no fact holds personal data, none
 * has to be edited when a person is erased or a key is replaced, and a site that learns of it late learns what is true. Whoever takes such a
 * row must not mind that it is later than its fact.
 */
const personalTables = ['persons', 'photos', 'delegations', 'applications'] as const;

const withPersonalRows = personalTables.reduce(
  (body, table) => {
    const key = sql.raw(`'${table}'`);
    return sql`case when jsonb_typeof(j.body->${key}) = 'array' then ${body} || jsonb_build_object(${key}, (
      select jsonb_agg(to_jsonb(now)) from jsonb_array_elements(j.body->${key}) as named
      join ${sql.identifier(table)} as now on now.id = (named->>'id')::bigint)) else ${body} end`;
  },
  sql`j.body`,
);

/** A batch of scans is told as its rows, which nobody edits either. The cloud tells of venues before this one, too. */
function bodyOf(stream: Stream) {
  return stream === 'sales'
    ? sql`(${withPersonalRows})::text`
    : sql`(select jsonb_build_object('scans', jsonb_agg(to_jsonb(s) order by s.pass_id, s.crossing_no))
        from scans s join sites here on here.is_local where s.event_id = j.event_id and s.at = j.at
          and (s.site = here.number or (here.kind = 'cloud' and s.site <> (select site from shared_events e where e.event_id = j.event_id)))
      )::text`;
}

/**
 * Gives numbers to facts that are complete, `limit` of them. Twice settled, since the first time may only say what must be waited
 * for.
 */
export async function numberFacts(
  db: Db,
  eventId: bigint,
  stream: Stream,
  limit: number,
): Promise<void> {
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
