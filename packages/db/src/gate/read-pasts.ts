import type {
  AreaId,
  CheckpointId,
  Direction,
  LoggedScan,
  PassId,
  ScanId,
  Verdict,
} from '@catraca/domain';
import { arrayLiteral } from './array-literal.ts';
import type { GateDb } from './open-gate-db.ts';

/** What happened to a pass before, for the merge of what a device decided alone. */
export interface PassPast {
  /** Its crossings, and the greens that moved nobody and are part of a conflict; each at the instant it was judged for. */
  readonly greens: readonly LoggedScan[];
  /** Ms since 1970; null where it was not, or where nobody knows when. */
  readonly revokedAt: number | null;
  readonly refundedAt: number | null;
}

interface GreenRow {
  passId: bigint;
  scanId: string;
  checkpointId: bigint;
  direction: Direction;
  at: Date;
  verdict: string;
  alone: boolean | null;
  seenNo: number;
  crossingNo: number | null;
  fromArea: bigint;
  toArea: bigint;
  entries: number;
  day: number;
  dayEntries: number;
}

interface EndRow {
  passId: bigint;
  revokedAt: Date | null;
  refundedAt: Date | null;
}

/** The pasts of these passes, by their ids. */
export async function readPasts(
  db: GateDb,
  passIds: readonly PassId[],
): Promise<Map<PassId, PassPast>> {
  if (passIds.length === 0) return new Map();
  const [greens, ends] = await Promise.all([selectGreens(db, passIds), selectEnds(db, passIds)]);
  const greensOf = Map.groupBy(greens, ({ passId }) => passId);
  return new Map(
    ends.map(({ passId, revokedAt, refundedAt }) => [
      passId as PassId,
      {
        greens: (greensOf.get(passId) ?? []).map(loggedScan),
        revokedAt: revokedAt?.getTime() ?? null,
        refundedAt: refundedAt?.getTime() ?? null,
      },
    ]),
  );
}

function selectGreens(db: GateDb, passIds: readonly PassId[]) {
  const ids = arrayLiteral(passIds);
  const columns = db`s.pass_id as "passId", s.scan_id as "scanId", s.checkpoint_id as "checkpointId", s.direction,
    case when s.alone then s.scanned_at else s.at end as at, s.verdict, s.alone, s.seen_no as "seenNo",
    s.crossing_no as "crossingNo", s.from_area as "fromArea", s.to_area as "toArea", s.entries, s.day, s.day_entries as "dayEntries"`;
  return db<GreenRow[]>`
    select ${columns}
    from unnest(${ids}::bigint[]) as q (id)
    join scans s on s.pass_id = q.id and s.crossing_no is not null
    union all
    select distinct ${columns}
    from conflicts c, unnest(array[c.scan_id, c.other_scan_id]) as named (id), scans s
    where c.pass_id = any(${ids}::bigint[]) and s.scan_id = named.id and s.pass_id = c.pass_id and s.uncounted`;
}

function selectEnds(db: GateDb, passIds: readonly PassId[]) {
  return db<EndRow[]>`
    select p.id as "passId",
      (select max(c.created_at) from pass_changes c where c.pass_id = p.id and c.kind = 'revoked') as "revokedAt",
      (select max(r.created_at) from order_lines l
        join payments m on m.order_id = l.order_id
        join refunds r on r.payment_id = m.id and r.reason = 'requested'
        where l.id = p.order_line_id) as "refundedAt"
    from passes p
    where p.id = any(${arrayLiteral(passIds)}::bigint[])`;
}

function loggedScan(row: GreenRow): LoggedScan {
  const { crossingNo, fromArea, toArea, entries, day, dayEntries } = row;
  return {
    scanId: row.scanId as ScanId,
    checkpointId: row.checkpointId as CheckpointId,
    direction: row.direction,
    at: row.at.getTime(),
    verdict: row.verdict as Verdict,
    alone: row.alone === true,
    seenNo: row.seenNo,
    crossing:
      crossingNo === null
        ? null
        : {
            ...{ crossingNo, entries, day, dayEntries },
            fromArea: fromArea as AreaId,
            toArea: toArea as AreaId,
          },
  };
}
