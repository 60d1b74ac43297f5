import {
  type Admission,
  type CheckpointId,
  type Direction,
  findDoubleEntries,
  type AreaId,
  type EventId,
  type LoggedScan,
  type ScanId,
  toId,
  type TypeId,
} from '@catraca/domain';
import { sql } from 'drizzle-orm';
import type { Tx } from '../client.ts';
import { notify } from '../commands/notify.ts';
import { readVenue } from '../gate/load-venue.ts';
import { idArray, insertRows } from '../rows.ts';
import { conflicts } from '../schema/index.ts';

interface GreenRow extends Record<string, unknown> {
  scanId: string;
  passId: string;
  typeId: string;
  checkpointId: string;
  direction: Direction;
  verdict: Admission;
  /** Ms since 1970: when it was judged, by whoever judged it. */
  at: number;
  alone: boolean | null;
  seenNo: number;
  crossingNo: number | null;
  fromArea: string;
  toArea: string;
  entries: number;
  day: number;
  dayEntries: number;
}

/**
 * Double entries among the passes of these scans: of passes that were admitted at two sites, all green scans are asked about again
 * (SPEC Y-24); one scan that both judged let in one person once (Y-26). Both sites find the same ones, since they have the same scans.
 */
export async function reportDoubleEntries(
  tx: Tx,
  eventId: bigint,
  scanIds: readonly string[],
): Promise<void> {
  const rows = await greensOfSuspects(tx, eventId, scanIds);
  if (rows.length === 0) return;
  const venue = await readVenue(tx, toId<EventId>(eventId));
  if (!venue) return;
  const found = [...Map.groupBy(rows, ({ passId }) => passId)].flatMap(([passId, log]) => {
    const typeId = toId<TypeId>(BigInt(log[0]?.typeId ?? 0));
    return findDoubleEntries(venue.rules, typeId, log.map(loggedScan)).map((entry) => ({
      ...{ eventId, passId: BigInt(passId), kind: 'double_entry' as const },
      ...{ scanId: entry.scanId, otherScanId: entry.earlierScanId },
    }));
  });
  await forgetOthers(tx, rows, found);
  const told = sql`on conflict (scan_id, kind) do update set other_scan_id = excluded.other_scan_id
    where conflicts.other_scan_id <> excluded.other_scan_id returning 1`;
  const fresh = await insertRows(tx, conflicts, found, told);
  if (fresh.length > 0) await notify(tx, { kind: 'conflicts', eventId: String(eventId) });
}

/**
 * A scan that came late may show that it was another entry that was one too many: what is found is the whole of it. The green that a
 * device gave unheard is not among the facts, whose scan is the refusal: its conflict stays (D-8, D-10).
 */
async function forgetOthers(
  tx: Tx,
  rows: readonly GreenRow[],
  found: readonly { scanId: ScanId }[],
): Promise<void> {
  const passIds = [...new Set(rows.map(({ passId }) => BigInt(passId)))];
  await tx.execute(sql`
    delete from conflicts c where c.kind = 'double_entry' and c.pass_id = any(${idArray(passIds)})
      and c.scan_id <> all(${`{${found.map(({ scanId }) => scanId).join(',')}}`}::uuid[])
      and not exists (select from scans s where s.scan_id = c.scan_id and s.verdict not in ('admitted', 'exited'))`);
}

/** All green scans of those of these scans' passes that have green ones of two sites. */
function greensOfSuspects(tx: Tx, eventId: bigint, scanIds: readonly string[]) {
  return tx.execute<GreenRow>(sql`
    with suspects as (
      select s.pass_id from (select distinct pass_id from scans
        where event_id = ${eventId} and scan_id = any(${`{${scanIds.join(',')}}`}::uuid[]) and pass_id is not null) as fresh
      join scans s using (pass_id)
      where s.verdict in ('admitted', 'exited')
      group by s.pass_id having count(distinct s.site) > 1
    )
    select s.scan_id as "scanId", s.pass_id as "passId", p.type_id as "typeId", s.checkpoint_id as "checkpointId", s.direction,
      s.verdict, extract(epoch from case when s.alone then s.scanned_at else s.at end)::float8 * 1000 as at, s.alone,
      s.seen_no as "seenNo", s.crossing_no as "crossingNo", s.from_area as "fromArea", s.to_area as "toArea",
      s.entries, s.day, s.day_entries as "dayEntries"
    from suspects join scans s using (pass_id) join passes p on p.id = s.pass_id
    where s.verdict in ('admitted', 'exited')`);
}

function loggedScan(row: GreenRow): LoggedScan {
  const { scanId, direction, verdict, at, seenNo, crossingNo, entries, day, dayEntries } = row;
  return {
    ...{ scanId: scanId as ScanId, direction, verdict, at, seenNo },
    checkpointId: toId<CheckpointId>(BigInt(row.checkpointId)),
    alone: row.alone === true,
    crossing:
      crossingNo === null
        ? null
        : {
            ...{ crossingNo, entries, day, dayEntries },
            fromArea: toId<AreaId>(BigInt(row.fromArea)),
            toArea: toId<AreaId>(BigInt(row.toArea)),
          },
  };
}
