import type { CheckpointId, ScanId, TypeId, Verdict } from '@catraca/domain';
import { arrayLiteral } from './array-literal.ts';
import type { GateDb } from './open-gate-db.ts';
import type { PassDetails, StoredScan, Use } from './types.ts';

/** Refusals after which the person at the gate asks: when was it, and where? */
export const speaksOfUse: ReadonlySet<Verdict> = new Set<Verdict>([
  'already_used',
  'too_many_entries',
  'already_inside',
  'not_inside',
]);

/** Whose pass it is, as both statements read it. */
export interface HolderRow {
  /** Sealed. */
  holder: Uint8Array;
  section: string | null;
  row: string | null;
  number: number | null;
}

interface DetailsRow extends HolderRow {
  n: number;
  typeId: bigint;
  firstAt: Date | null;
  firstCheckpoint: bigint | null;
  lastAt: Date | null;
  lastCheckpoint: bigint | null;
}

/**
 * What the answers to these scans tell about their passes. A scan of an unknown code, or of another event's pass, has no entry:
 * a gate learns nothing about the guests of others. `last` is the crossing that was decided on, so that an answer that is
 * given again stays the same.
 */
export async function readDetails(
  db: GateDb,
  scans: readonly StoredScan[],
): Promise<Map<ScanId, PassDetails>> {
  const known = scans.filter((scan) => scan.passId !== null);
  const details = new Map<ScanId, PassDetails>();
  if (known.length === 0) return details;
  for (const row of await selectDetails(db, known)) {
    const scan = known[row.n - 1];
    if (scan !== undefined) details.set(scan.scanId, detailsOf(row));
  }
  return details;
}

function selectDetails(db: GateDb, scans: readonly StoredScan[]) {
  const usedNos = scans.map(({ verdict, seenNo }) => (speaksOfUse.has(verdict) ? seenNo : null));
  return db<DetailsRow[]>`
    select q.n::int, p.type_id as "typeId", h.name as holder, t.section, t.row, t.number,
      f.at as "firstAt", f.checkpoint_id as "firstCheckpoint", case when l.alone then l.scanned_at else l.at end as "lastAt", l.checkpoint_id as "lastCheckpoint"
    from unnest(
      ${arrayLiteral(scans.map(({ passId }) => passId))}::bigint[],
      ${arrayLiteral(scans.map(({ eventId }) => eventId))}::bigint[],
      ${arrayLiteral(usedNos)}::int[]
    ) with ordinality as q (pass_id, event_id, used_no, n)
    join passes p on p.id = q.pass_id and p.event_id = q.event_id
    join pass_types y on y.id = p.type_id
    join persons h on h.id = p.holder_id
    left join seats t on t.id = p.seat_id
    left join scans l on l.pass_id = q.pass_id and l.crossing_no = q.used_no and l.crossing_no is not null
    left join lateral (
      select case when s.alone then s.scanned_at else s.at end as at, s.checkpoint_id
      from scans s
      where s.pass_id = l.pass_id and s.crossing_no <= l.crossing_no and s.crossing_no is not null
        and (y.policy_kind <> 'once_per_day' or s.day = l.day) and s.entries > 0
      order by s.crossing_no
      limit 1
    ) f on true`;
}

function detailsOf(row: DetailsRow): PassDetails {
  return {
    typeId: row.typeId as TypeId,
    holder: row.holder,
    seat: seatOf(row),
    first: useOf(row.firstAt, row.firstCheckpoint),
    last: useOf(row.lastAt, row.lastCheckpoint),
  };
}

export function seatOf({ section, row, number }: HolderRow): PassDetails['seat'] {
  if (section === null || row === null || number === null) return null;
  return { section, row, number };
}

function useOf(at: Date | null, checkpoint: bigint | null): Use | null {
  return at && checkpoint ? { at: at.getTime(), checkpointId: checkpoint as CheckpointId } : null;
}
