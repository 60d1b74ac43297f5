import type { AreaId, CheckpointId, DeviceId, EventId, ScanId, Verdict } from '@catraca/domain';
import { sql } from 'drizzle-orm';
import type { Db, Tx } from '../client.ts';
import { parsePgSnapshot, type PgSnapshot } from './pg-snapshot.ts';

/** Scans at one checkpoint within one second. */
export interface SecondCounts {
  readonly checkpointId: CheckpointId;
  /** Ms since 1970, a whole second. */
  readonly second: number;
  readonly admitted: number;
  readonly exited: number;
  readonly refused: number;
}

export interface ScanTotals {
  readonly admitted: number;
  readonly exited: number;
  readonly refused: number;
}

/** Scans before an instant, which nothing will be added to any more. */
export interface SettledTotals extends ScanTotals {
  /** Ms since 1970, a whole second. */
  readonly until: number;
}

export interface RecentScan {
  readonly scanId: ScanId;
  /** Ms since 1970. */
  readonly at: number;
  readonly checkpointId: CheckpointId;
  readonly deviceId: DeviceId;
  readonly verdict: Verdict;
  /** Null when the code stands for no pass of this event. */
  readonly typeName: string | null;
}

/** An event as a control room counts it, all of it as one snapshot of the database saw it. Times in ms since 1970. */
export interface LiveCounts {
  readonly snapshot: PgSnapshot;
  readonly at: number;
  /** Of all areas but `outside`. */
  readonly people: ReadonlyMap<AreaId, number>;
  /** Those of them who are staff. */
  readonly staff: ReadonlyMap<AreaId, number>;
  readonly checkpoints: readonly CheckpointId[];
  /** Conflicts that nobody has looked at, and when the newest was found. */
  readonly conflicts: { readonly unseen: number; readonly lastAt: number | null };
  readonly settled: SettledTotals;
  /** All scans since `settled.until`. */
  readonly seconds: readonly SecondCounts[];
  /** Where each device that scanned since then did so last. */
  readonly places: ReadonlyMap<DeviceId, CheckpointId>;
  /** Newest first. */
  readonly feed: readonly RecentScan[];
  readonly devices: readonly {
    readonly id: DeviceId;
    readonly name: string;
    readonly lastSeenAt: number | null;
  }[];
}

/**
 * A scan is dated when it is read and visible when it is committed, which the gate's timeouts keep less than ten seconds
 * apart; and the rates of the last minute are counted from the seconds. So what is older than this (ms) is settled.
 */
const settledAfterMs = 75_000;

/**
 * Counts an event in one snapshot. With `known`, what was settled then is not counted again: the whole log is read once, and
 * after that its last minutes.
 */
export async function readLiveCounts(
  db: Db,
  eventId: EventId,
  feedMax: number,
  known?: SettledTotals,
): Promise<LiveCounts> {
  return db.transaction(
    async (tx) => {
      // One core is enough: the gate wants the others.
      await tx.execute(sql`set local max_parallel_workers_per_gather = 0`);
      const [now] = await tx.execute<{ snapshot: string; at: number }>(sql`
        select pg_current_snapshot()::text as snapshot,
          floor(extract(epoch from clock_timestamp()) * 1000)::float8 as at`);
      if (now === undefined) throw new Error('a select without a row');
      const settled =
        known ?? (await countUntil(tx, eventId, wholeSecond(now.at - settledAfterMs)));
      const people = await tx.execute<{ id: string; people: number; staff: number }>(sql`
        select c.area_id::text as id, c.people, c.staff
        from areas a join area_counters c on c.area_id = a.id
        where a.event_id = ${eventId} and a.no <> 0`);
      const points = await tx.execute<{ id: string }>(sql`
        select id::text as id from checkpoints where event_id = ${eventId} order by no`);
      return {
        snapshot: parsePgSnapshot(now.snapshot),
        at: now.at,
        people: new Map(people.map((row) => [BigInt(row.id) as AreaId, row.people])),
        staff: new Map(people.map((row) => [BigInt(row.id) as AreaId, row.staff])),
        checkpoints: points.map((row) => BigInt(row.id) as CheckpointId),
        conflicts: await selectConflicts(tx, eventId),
        settled,
        ...(await selectSeconds(tx, eventId, settled.until)),
        feed: await selectFeed(tx, eventId, feedMax),
        devices: await selectDevices(tx, eventId),
      };
    },
    { isolationLevel: 'repeatable read', accessMode: 'read only' },
  );
}

/** Moves the line behind which all is settled up to `settledAfterMs` before these counts. */
export function settle({ settled, seconds, at }: LiveCounts): SettledTotals {
  const until = Math.max(settled.until, wholeSecond(at - settledAfterMs));
  const totals = { admitted: settled.admitted, exited: settled.exited, refused: settled.refused };
  for (const { second, admitted, exited, refused } of seconds) {
    if (second >= until) continue;
    totals.admitted += admitted;
    totals.exited += exited;
    totals.refused += refused;
  }
  return { ...totals, until };
}

function wholeSecond(ms: number): number {
  return Math.floor(ms / 1000) * 1000;
}

/** The three counts, as numbers of JavaScript. */
const threeCounts = sql`
  (count(*) filter (where verdict = 'admitted'))::float8 as admitted,
  (count(*) filter (where verdict = 'exited'))::float8 as exited,
  (count(*) filter (where verdict not in ('admitted', 'exited')))::float8 as refused`;

type CountsRow = { admitted: number; exited: number; refused: number };

async function countUntil(tx: Tx, eventId: EventId, until: number): Promise<SettledTotals> {
  const [row] = await tx.execute<CountsRow>(sql`
    select ${threeCounts} from scans where event_id = ${eventId} and at < to_timestamp(${until}::float8 / 1000)`);
  return {
    until,
    admitted: row?.admitted ?? 0,
    exited: row?.exited ?? 0,
    refused: row?.refused ?? 0,
  };
}

/** Read once and summed up twice: tens of thousands of scans at a busy event, of which a few hundred rows come back. */
async function selectSeconds(
  tx: Tx,
  eventId: EventId,
  since: number,
): Promise<Pick<LiveCounts, 'seconds' | 'places'>> {
  type Row = CountsRow & {
    checkpointId: string;
    deviceId: string | null;
    second: number | null;
  };
  const rows = await tx.execute<Row>(sql`
    select checkpoint_id::text as "checkpointId", device_id::text as "deviceId",
      (extract(epoch from second) * 1000)::float8 as second, ${threeCounts}
    from (
      select checkpoint_id, device_id, date_trunc('second', at) as second, at, verdict
      from scans
      where event_id = ${eventId} and at >= to_timestamp(${since}::float8 / 1000)
    ) s
    group by grouping sets ((checkpoint_id, second), (checkpoint_id, device_id))
    order by max(at)`);
  const seconds: SecondCounts[] = [];
  const places = new Map<DeviceId, CheckpointId>();
  for (const { checkpointId, deviceId, second, admitted, exited, refused } of rows) {
    const checkpoint = BigInt(checkpointId) as CheckpointId;
    if (deviceId !== null) places.set(BigInt(deviceId) as DeviceId, checkpoint);
    if (second !== null)
      seconds.push({ checkpointId: checkpoint, second, admitted, exited, refused });
  }
  return { seconds, places };
}

async function selectFeed(tx: Tx, eventId: EventId, feedMax: number): Promise<RecentScan[]> {
  type Row = Record<'scanId' | 'checkpointId' | 'deviceId' | 'verdict', string> & {
    at: number;
    typeName: string | null;
  };
  const rows = await tx.execute<Row>(sql`
    select s.scan_id as "scanId", floor(extract(epoch from s.at) * 1000)::float8 as at, s.verdict,
      s.checkpoint_id::text as "checkpointId", s.device_id::text as "deviceId", y.name ->> 'en' as "typeName"
    from scans s
    left join passes p on p.id = s.pass_id and p.event_id = s.event_id
    left join pass_types y on y.id = p.type_id
    where s.event_id = ${eventId}
    order by s.at desc
    limit ${feedMax}`);
  // A scan that two sites judged (SPEC Y-26) is shown once, as it was judged last.
  const shown = rows.filter(
    ({ scanId }, place) => rows.findIndex((row) => row.scanId === scanId) === place,
  );
  return shown.map(({ scanId, at, verdict, checkpointId, deviceId, typeName }) => ({
    ...{ at, typeName, scanId: scanId as ScanId, verdict: verdict as Verdict },
    checkpointId: BigInt(checkpointId) as CheckpointId,
    deviceId: BigInt(deviceId) as DeviceId,
  }));
}

async function selectConflicts(tx: Tx, eventId: EventId): Promise<LiveCounts['conflicts']> {
  const [row] = await tx.execute<{ unseen: number; lastAt: number | null }>(sql`
    select count(*)::int as unseen, floor(extract(epoch from max(found_at)) * 1000)::float8 as "lastAt"
    from conflicts where event_id = ${eventId} and seen_at is null`);
  return row ?? { unseen: 0, lastAt: null };
}

async function selectDevices(tx: Tx, eventId: EventId): Promise<LiveCounts['devices']> {
  const rows = await tx.execute<{ id: string; name: string; lastSeenAt: number | null }>(sql`
    select id::text as id, name, floor(extract(epoch from last_seen_at) * 1000)::float8 as "lastSeenAt"
    from devices
    where event_id = ${eventId} and state = 'active'
    order by id`);
  return rows.map(({ id, name, lastSeenAt }) => ({
    id: BigInt(id) as DeviceId,
    name,
    lastSeenAt,
  }));
}
