import {
  type AreaId,
  checkReplay,
  type CheckpointId,
  type Direction,
  type LoggedScan,
  type PassId,
  replayOccupancy,
  type ReplayFinding,
  type ScanId,
  type TypeId,
  type Verdict,
} from '@catraca/domain';
import { eq, isNotNull } from 'drizzle-orm';
import type { Db } from '../../client.ts';
import { areaCounters, passes, scans } from '../../schema/index.ts';
import type { Venue } from '../load-venue.ts';

/** The whole log of a pass at an event, as the auditor of the domain takes it. */
type PassLog = { passId: PassId; typeId: TypeId; log: LoggedScan[] };

async function readPassLogs(db: Db, { eventId }: Venue): Promise<PassLog[]> {
  const rows = await db
    .select({ scan: scans, typeId: passes.typeId })
    .from(scans)
    .innerJoin(passes, eq(passes.id, scans.passId))
    .where(eq(scans.eventId, eventId));
  const byPass = Map.groupBy(rows, ({ scan }) => scan.passId);
  return [...byPass].map(([passId, ofPass]) => ({
    passId: passId as PassId,
    typeId: ofPass[0]?.typeId as TypeId,
    log: ofPass.map(({ scan }) => loggedScan(scan)),
  }));
}

function loggedScan(row: typeof scans.$inferSelect): LoggedScan {
  const crossing = row.crossingNo !== null && {
    crossingNo: row.crossingNo,
    fromArea: row.fromArea as AreaId,
    toArea: row.toArea as AreaId,
    entries: row.entries ?? Number.NaN,
    day: row.day ?? Number.NaN,
    dayEntries: row.dayEntries ?? Number.NaN,
  };
  return {
    scanId: row.scanId as ScanId,
    checkpointId: row.checkpointId as CheckpointId,
    direction: row.direction as Direction,
    at: (row.alone === true ? row.scannedAt : row.at).getTime(),
    alone: row.alone === true,
    verdict: row.verdict as Verdict,
    seenNo: row.seenNo ?? Number.NaN,
    crossing: crossing || null,
  };
}

/** What the domain's auditor finds wrong in the logs of all passes of the event; empty when nothing is. */
export async function auditLog(db: Db, venue: Venue): Promise<ReplayFinding[]> {
  const logs = await readPassLogs(db, venue);
  return logs.flatMap(({ typeId, log }) => checkReplay(venue.rules, typeId, log));
}

/** People in each area, and those of them who are staff: as the counters say, and as a replay of all crossings from zero says. */
export async function readOccupancy(db: Db, venue: Venue) {
  const counters = await db.select().from(areaCounters);
  const moves = await db
    .select({ fromArea: scans.fromArea, toArea: scans.toArea, kind: passes.kind })
    .from(scans)
    .innerJoin(passes, eq(passes.id, scans.passId))
    .where(isNotNull(scans.crossingNo));
  const all = replayed(venue, moves);
  const staff = replayed(
    venue,
    moves.filter(({ kind }) => kind === 'credential'),
  );
  const counted = new Map(counters.map(({ areaId, people }) => [areaId as AreaId, people]));
  const areaIds = [...counted.keys()];
  return {
    counted,
    replayed: new Map(areaIds.map((id) => [id, all.get(id) ?? 0])),
    staffCounted: new Map(counters.map((row) => [row.areaId as AreaId, row.staff])),
    staffReplayed: new Map(areaIds.map((id) => [id, staff.get(id) ?? 0])),
  };
}

type Move = { fromArea: bigint | null; toArea: bigint | null };

function replayed({ rules }: Venue, moves: readonly Move[]): Map<AreaId, number> {
  return replayOccupancy(
    moves.map(({ fromArea, toArea }) => ({
      fromArea: fromArea as AreaId,
      toArea: toArea as AreaId,
    })),
    rules.outsideAreaId,
  );
}
