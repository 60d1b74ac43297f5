import type { AreaId, EventId } from '@catraca/domain';
import postgres from 'postgres';
import { notifyChannel } from '../commands/notify.ts';
import { arrayLiteral } from './array-literal.ts';
import type { GateDb } from './open-gate-db.ts';
import type { NewConflict, NewScan } from './types.ts';

/** How many people more (or fewer) are in an area, and with how many in it before that is still allowed; null is any number. */
export interface AreaChange {
  readonly areaId: AreaId;
  readonly change: number;
  /** How many of them are staff. */
  readonly staff: number;
  readonly peopleMax: number | null;
}

/**
 * `written`: all of it is durable; `xid` is the transaction, to tell whether a later snapshot has seen it.
 * The others wrote nothing. `crossing_taken`: another process recorded a crossing of one of these passes first, or may have.
 * `scan_known`: one of these scans is stored already, by this site or another. `area_full`: people came into an area meanwhile, and there is no room left for these.
 * `deadlock`: chosen to give way to another process.
 */
export type WriteOutcome =
  | { readonly kind: 'written'; readonly xid: bigint }
  | { readonly kind: 'crossing_taken' | 'scan_known' | 'area_full' | 'deadlock' };

/** Who judges: this site, for each event in the epoch of the rules the scans were decided by. */
export interface Judge {
  readonly site: number;
  readonly epochs: ReadonlyMap<EventId, number>;
  /** What `readHeard` found before the scans were decided. */
  readonly heard: ReadonlyMap<EventId, bigint>;
}

/** Thrown when the authority over an event went to another site between reading and writing: nothing of the batch is stored. */
export class JudgedElsewhereError extends Error {
  override readonly name = 'JudgedElsewhereError';
}

/**
 * Writes all scans of a batch and moves the area counters, or nothing, in one statement. `scans` sorted by pass and `changes` by area, so
 * that processes wait for each other in one order. `at` is the same for all.
 */
export async function writeScans(
  db: GateDb,
  judge: Judge,
  scans: readonly NewScan[],
  changes: readonly AreaChange[],
  conflicts: readonly NewConflict[] = [],
): Promise<WriteOutcome> {
  try {
    const [row] = await insertScans(db, judge, scans, changes, conflicts);
    return { kind: 'written', xid: BigInt(row?.xid ?? 0) };
  } catch (error) {
    if (error instanceof postgres.PostgresError && error.code === judgedElsewhere) {
      throw new JudgedElsewhereError('another site judges an event of this batch');
    }
    const kind = outcomeOf(error);
    if (kind === undefined) throw error;
    return { kind };
  }
}

/** Raised by `refuse_area_full()`, see the migrations. */
const areaFull = 'CT001';
/** Raised by `record_scans()`, see the migrations. */
const judgedElsewhere = 'CT002';
/** Raised by `record_scans()` as well. */
const heardMore = 'CT003';
const uniqueViolation = '23505';
const deadlockDetected = '40P01';

function outcomeOf(error: unknown): Exclude<WriteOutcome['kind'], 'written'> | undefined {
  if (!(error instanceof postgres.PostgresError)) return undefined;
  if (error.code === areaFull) return 'area_full';
  if (error.code === heardMore) return 'crossing_taken';
  if (error.code === deadlockDetected) return 'deadlock';
  if (error.code !== uniqueViolation) return undefined;
  if (error.constraint_name === 'scans_crossing') return 'crossing_taken';
  return error.constraint_name === 'scans_scan_id' ? 'scan_known' : undefined;
}

/**
 * The counters wait for the insert, of which they need the count: the locks on them, which every process wants, are held for the end
 * of the statement only. An area that refuses its change fails the whole statement, as does an event that is judged elsewhere. What is
 * written is a fact of the event's journal too: the batch, found again by its `at`.
 */
function insertScans(
  db: GateDb,
  { site, epochs, heard }: Judge,
  scans: readonly NewScan[],
  changes: readonly AreaChange[],
  conflicts: readonly NewConflict[],
) {
  const column = (value: (scan: NewScan) => bigint | number | string | Uint8Array | null) =>
    arrayLiteral(scans.map(value));
  const areaIds = arrayLiteral(changes.map(({ areaId }) => areaId));
  const deltas = arrayLiteral(changes.map(({ change }) => change));
  const staff = arrayLiteral(changes.map((area) => area.staff));
  const limits = arrayLiteral(changes.map(({ peopleMax }) => peopleMax));
  const events = [...new Set(scans.map(({ eventId }) => eventId))].sort();
  const eventIds = arrayLiteral(events);
  const eventEpochs = arrayLiteral(events.map((id) => epochs.get(id) ?? 0));
  const eventsHeard = arrayLiteral(events.map((id) => heard.get(id) ?? null));
  // Ordinary batches, which are nearly all, are spared the columns that only devices alone fill.
  const isMixed = scans.some(({ alone }) => alone);
  const more = isMixed ? db`, alone, uncounted` : db``;
  const moreValues = isMixed
    ? db`, ${column((s) => (s.alone ? 'true' : null))}::boolean[], ${column((s) => (s.uncounted ? 'true' : null))}::boolean[]`
    : db``;
  const told = conflicts.length > 0 ? db`, ${insertConflicts(db, conflicts)}` : db``;
  const tell = conflicts.length > 0 ? db`, (select count(*) from told)` : db``;
  // Of an event that was always judged here nobody else has told a scan.
  const isJudgedInTurns = events.some((id) => (epochs.get(id) ?? 0) > 0);
  const refuseKnown = isJudgedInTurns ? db`, ${refuseKnownScan(db, site, scans, events)}` : db``;
  return db<{ xid: string }[]>`
    with written as (
      insert into scans (at, scanned_at, site, scan_id, event_id, device_id, checkpoint_id, direction, verdict, pass_id,
        seen_no, crossing_no, from_area, to_area, entries, day, day_entries, unknown_code${more})
      select to_timestamp(n.at / 1000), to_timestamp(n.scanned_at / 1000), ${site}::smallint,
        n.scan_id, n.event_id, n.device_id, n.checkpoint_id, n.direction, n.verdict, n.pass_id,
        n.seen_no, n.crossing_no, n.from_area, n.to_area, n.entries, n.day, n.day_entries, n.unknown_code${more}
      from unnest(
        ${column((s) => s.at)}::float8[], ${column((s) => s.scannedAt)}::float8[],
        ${column((s) => s.scanId)}::uuid[], ${column((s) => s.eventId)}::bigint[], ${column((s) => s.deviceId)}::bigint[],
        ${column((s) => s.checkpointId)}::bigint[], ${column((s) => s.direction)}::text[], ${column((s) => s.verdict)}::text[],
        ${column((s) => s.passId)}::bigint[], ${column((s) => s.seenNo)}::int[],
        ${column((s) => s.crossing?.crossingNo ?? null)}::int[],
        ${column((s) => s.crossing?.fromArea ?? null)}::bigint[], ${column((s) => s.crossing?.toArea ?? null)}::bigint[],
        ${column((s) => s.crossing?.entries ?? null)}::int[], ${column((s) => s.crossing?.day ?? null)}::smallint[],
        ${column((s) => s.crossing?.dayEntries ?? null)}::smallint[], ${column((s) => s.unknownCode)}::bytea[]${moreValues}
      ) as n (at, scanned_at, scan_id, event_id, device_id, checkpoint_id, direction, verdict,
        pass_id, seen_no, crossing_no, from_area, to_area, entries, day, day_entries, unknown_code${more})
      returning 1
    ), moved as (
      update area_counters a
      set people = a.people + d.change, staff = a.staff + d.staff
      from unnest(${areaIds}::bigint[], ${deltas}::int[], ${staff}::int[], ${limits}::int[]) as d (area_id, change, staff, people_max)
      where (select count(*) from written) > 0 and a.area_id = d.area_id
        and (d.people_max is null or a.people <= d.people_max)
      returning 1
    )${told}
    select pg_current_xact_id()::text as xid,
      case when (select count(*) from moved) <> ${changes.length} then refuse_area_full() end,
      (select count(record_scans(e.id, e.epoch, to_timestamp(${scans[0]?.at ?? 0}::float8 / 1000), e.heard))
        from unnest(${eventIds}::bigint[], ${eventEpochs}::int[], ${eventsHeard}::bigint[]) as e(id, epoch, heard))${tell}${refuseKnown}`;
}

/**
 * Fails where another site has told one of these scans. One that comes while this is written is not seen: then both sites judged it
 * at once, and both are kept (SPEC Y-26).
 */
function refuseKnownScan(
  db: GateDb,
  site: number,
  scans: readonly NewScan[],
  events: readonly EventId[],
) {
  return db`
    case when exists (
      select from scans k
      where k.scan_id = any(${arrayLiteral(scans.map(({ scanId }) => scanId))}::uuid[]) and k.site <> ${site}::smallint
        and k.event_id = any(${arrayLiteral(events)}::bigint[])
    ) then refuse_known_scan() end`;
}

/** Tells of each conflict once, to people through those who listen. */
export function insertConflicts(db: GateDb, conflicts: readonly NewConflict[]) {
  return db`
    found as (
      insert into conflicts (event_id, pass_id, kind, scan_id, other_scan_id)
      select * from unnest(
        ${arrayLiteral(conflicts.map(({ eventId }) => eventId))}::bigint[],
        ${arrayLiteral(conflicts.map(({ passId }) => passId))}::bigint[],
        ${arrayLiteral(conflicts.map(({ kind }) => kind))}::text[],
        ${arrayLiteral(conflicts.map(({ scanId }) => scanId))}::uuid[],
        ${arrayLiteral(conflicts.map(({ otherScanId }) => otherScanId))}::uuid[])
      on conflict do nothing
      returning *
    ), fact as (
      insert into journal (event_id, stream, kind, body, at)
      select f.event_id, 'sales', 'conflict', jsonb_build_object('conflicts', jsonb_build_array(to_jsonb(f))), now()
      from found f join shared_events using (event_id)
    ), told as (
      select pg_notify(${notifyChannel}, json_build_object('kind', 'conflicts', 'eventId', event_id::text)::text)
      from (select distinct event_id from found)
    )`;
}
