import { type EventId, passStatuses } from '@catraca/domain';
import { sql, type SQL } from 'drizzle-orm';
import type { Db, Tx } from '../client.ts';
import { idArray } from '../rows.ts';
import { parsePgSnapshot, type PgSnapshot } from './pg-snapshot.ts';

/** Up to where passes and their crossings were read: what a later reading compares with. */
export interface BundlePoint {
  /** `pg_current_snapshot()`. */
  readonly snapshot: string;
  /** The database's clock, ms since 1970. */
  readonly at: number;
  /** How many facts of scans were taken from other sites. */
  readonly taken: number;
}

/** Passes as the records of `@catraca/protocol`, sorted by their ids, in parts. */
export interface BundleRecords {
  readonly point: BundlePoint;
  readonly parts: readonly Uint8Array[];
}

/** Passes in one part: a second of work for the database, and a few ms for who reads it. */
const passesPerPart = 50_000;

/** More changes than these are better read as a whole. */
const changedPassesMax = 50_000;

/**
 * A scan is dated when it is read and visible once it is committed, which the gate's timeouts keep less than ten seconds apart. What is
 * older than this (ms) at a snapshot was in it, or never will be.
 */
const lateCommitMaxMs = 120_000;

/** All passes of the event, in one snapshot. */
export async function readBundle(db: Db, eventId: EventId): Promise<BundleRecords> {
  return inOneSnapshot(db, async (tx) => {
    const point = await readPoint(tx, eventId);
    const parts: Uint8Array[] = [];
    let after = 0n;
    for (;;) {
      const page = sql`p.event_id = ${eventId} and p.id > ${after} order by p.id limit ${passesPerPart}`;
      const { records, last } = await selectRecords(tx, page);
      if (records === null || last === null) return { point, parts };
      parts.push(records);
      after = BigInt(last);
    }
  });
}

/**
 * The passes that are new or changed since `since`, or have crossed; undefined when that is from another database, or too many.
 * None is missed that was committed late: what counts is not when a row was written but whether that snapshot saw its transaction
 * (`xmin`), and each row that might not have been seen is read again. Once too often does no harm.
 */
export async function readBundleChanges(
  db: Db,
  eventId: EventId,
  since: BundlePoint,
): Promise<BundleRecords | undefined> {
  return inOneSnapshot(db, async (tx) => {
    const point = await readPoint(tx, eventId);
    const before = parsePgSnapshot(since.snapshot);
    if (before.xmax > parsePgSnapshot(point.snapshot).xmax || since.taken > point.taken) return;
    const ids = await selectChanged(tx, eventId, since, before, point.taken !== since.taken);
    if (ids.length > changedPassesMax) return;
    if (ids.length === 0) return { point, parts: [] };
    const { records } = await selectRecords(tx, sql`p.id = any(${idArray(ids)})`);
    return { point, parts: records === null ? [] : [records] };
  });
}

function inOneSnapshot<Result>(db: Db, read: (tx: Tx) => Promise<Result>): Promise<Result> {
  return db.transaction(
    async (tx) => {
      // One core is enough: the gate wants the others.
      await tx.execute(sql`set local max_parallel_workers_per_gather = 0`);
      return read(tx);
    },
    { isolationLevel: 'repeatable read', accessMode: 'read only' },
  );
}

async function readPoint(tx: Tx, eventId: EventId): Promise<BundlePoint> {
  const [row] = await tx.execute<{ snapshot: string; at: number; taken: number }>(sql`
    select pg_current_snapshot()::text as snapshot,
      floor(extract(epoch from clock_timestamp()) * 1000)::float8 as at,
      (select coalesce(sum(no), 0)::float8 from journal_cursors where event_id = ${eventId} and stream = 'scans') as taken`);
  if (row === undefined) throw new Error('a select without a row');
  return { snapshot: row.snapshot, at: row.at, taken: row.taken };
}

/** Scans of other sites are dated when they judged them: where some were taken, all of the event are looked through. */
async function selectChanged(
  tx: Tx,
  eventId: EventId,
  { at }: BundlePoint,
  { xmin }: PgSnapshot,
  hasTaken: boolean,
): Promise<bigint[]> {
  const isNew = (table: string) =>
    sql`age(${sql.raw(table)}.xmin) <= age(${String(xmin)}::text::xid8::xid)`;
  const recent = hasTaken
    ? sql``
    : sql`and s.at >= to_timestamp(${at - lateCommitMaxMs}::float8 / 1000)`;
  const rows = await tx.execute<{ id: string }>(sql`
    select p.id::text as id from passes p where p.event_id = ${eventId} and ${isNew('p')}
    union
    select m.pass_id::text from media m join passes p on p.id = m.pass_id
      where p.event_id = ${eventId} and ${isNew('m')}
    union
    select s.pass_id::text from scans s join passes p on p.id = s.pass_id and p.event_id = s.event_id
      where s.event_id = ${eventId} and s.crossing_no is not null ${recent} and ${isNew('s')}`);
  return rows.map(({ id }) => BigInt(id));
}

/** In the order of their numbers in a record. */
const statuses = sql.raw(passStatuses.map((status) => `'${status}'`).join(','));

const byte = (value: SQL) => sql`substring(int4send(${value}) from 4)`;
const twoBytes = (value: SQL) => sql`substring(int4send(${value}) from 3)`;

/**
 * The records are put together by the database: for 300,000 passes this process copies bytes, and goes on judging.
 * The format is `passRecordBytes` of @catraca/protocol, and a test compares the two.
 */
async function selectRecords(
  tx: Tx,
  which: SQL,
): Promise<{ records: Uint8Array | null; last: string | null }> {
  const crossing = sql`
    int4send(c.crossing_no) || substring(int8send(floor(extract(epoch from c.at))::bigint) from 5) || ${byte(sql`a.no::int`)}
      || ${byte(sql`c.day::int | case c.verdict when 'exited' then 128 else 0 end`)}
      || ${twoBytes(sql`c.entries`)} || ${twoBytes(sql`c.day_entries::int`)} || ${twoBytes(sql`k.no::int`)}`;
  const rows = await tx.execute<{ records: Uint8Array | null; last: string | null }>(sql`
    select string_agg(record, ''::bytea order by id) as records, max(id)::text as last
    from (
      select p.id, int8send(p.id) || ${twoBytes(sql`y.no::int`)}
        || ${byte(sql`array_position(array[${statuses}], p.status) - 1`)}
        || ${byte(sql`coalesce(m.qr, 0)`)}
        || coalesce(substring(int8send(left(m.code, 14)::bigint) from 3), '\\xffffffffffff')
        || coalesce(${crossing}, '\\x00000000000000000000000000000000') as record
      from passes p
      join pass_types y on y.id = p.type_id
      left join lateral (
        select max(no) filter (where kind = 'qr')::int as qr, max(code) as code
        from media where pass_id = p.id and state = 'active'
      ) m on true
      left join lateral (
        select s.crossing_no, case when s.alone then s.scanned_at else s.at end as at, s.to_area, s.verdict,
          s.entries, s.day, s.day_entries, s.checkpoint_id
        from scans s
        where s.pass_id = p.id and s.crossing_no is not null
        order by s.crossing_no desc
        limit 1
      ) c on true
      left join areas a on a.id = c.to_area
      left join checkpoints k on k.id = c.checkpoint_id
      where ${which}
    ) r`);
  return rows[0] ?? { records: null, last: null };
}

/** The numbers by which records name areas, checkpoints and types of the event, by their ids. */
export async function readNumbers(db: Db, eventId: EventId): Promise<Map<bigint, number>> {
  const rows = await db.execute<{ id: string; no: number }>(sql`
    select id::text, no::int from areas where event_id = ${eventId}
    union all select id::text, no::int from checkpoints where event_id = ${eventId}
    union all select id::text, no::int from pass_types where event_id = ${eventId}`);
  return new Map(rows.map(({ id, no }) => [BigInt(id), no]));
}
