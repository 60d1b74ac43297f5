import type {
  CheckpointId,
  DeviceId,
  Direction,
  EventId,
  PassId,
  ScanId,
  Verdict,
} from '@catraca/domain';
import { arrayLiteral } from './array-literal.ts';
import type { GateDb } from './open-gate-db.ts';
import type { StoredScan } from './types.ts';

interface ScanRow {
  scanId: string;
  at: Date;
  eventId: bigint;
  deviceId: bigint;
  checkpointId: bigint;
  direction: Direction;
  verdict: string;
  passId: bigint | null;
  seenNo: number | null;
}

/**
 * Those of these scans that are stored already, by their id. One that several sites judged (SPEC Y-26) is what this one said, or else the
 * lowest; one of another event is told only where its own has none of that id.
 */
export async function readStoredScans(
  db: GateDb,
  site: number,
  scans: readonly Pick<StoredScan, 'scanId' | 'eventId'>[],
): Promise<Map<ScanId, StoredScan>> {
  const rows = await db<ScanRow[]>`
    select distinct on (q.scan_id) s.scan_id as "scanId", s.at, s.event_id as "eventId", s.device_id as "deviceId", s.checkpoint_id as "checkpointId",
      s.direction, s.verdict, s.pass_id as "passId", s.seen_no as "seenNo"
    from unnest(
      ${arrayLiteral(scans.map(({ scanId }) => scanId))}::uuid[],
      ${arrayLiteral(scans.map(({ eventId }) => eventId))}::bigint[]
    ) as q (scan_id, event_id)
    join scans s on s.scan_id = q.scan_id
    order by q.scan_id, s.event_id <> q.event_id, s.site <> ${site}::smallint, s.site`;
  return new Map(rows.map((row) => [row.scanId as ScanId, storedScanOf(row)]));
}

function storedScanOf(row: ScanRow): StoredScan {
  return {
    scanId: row.scanId as ScanId,
    at: row.at.getTime(),
    eventId: row.eventId as EventId,
    deviceId: row.deviceId as DeviceId,
    checkpointId: row.checkpointId as CheckpointId,
    direction: row.direction,
    verdict: row.verdict as Verdict,
    passId: row.passId as PassId | null,
    seenNo: row.seenNo,
  };
}
