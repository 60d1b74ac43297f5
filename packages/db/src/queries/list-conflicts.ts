import { aliasedTable, and, count, desc, eq, isNull, sql } from 'drizzle-orm';
import type { DbOrTx } from '../client.ts';
import {
  checkpoints,
  conflicts,
  devices,
  passes,
  passTypes,
  scans,
  users,
} from '../schema/index.ts';

/** Conflicts that are listed: who has more of them looks at them in another way. */
export const conflictsListedMax = 200;

/** An event's conflicts, those that nobody has looked at first, then the newest; each with the scans it is about. */
export async function listConflicts(db: DbOrTx, eventId: bigint) {
  const of = {
    scan: scanSide('scan', conflicts.scanId),
    other: scanSide('other', conflicts.otherScanId),
  };
  return db
    .select({
      id: conflicts.id,
      kind: conflicts.kind,
      foundAt: conflicts.foundAt,
      seenAt: conflicts.seenAt,
      seenByName: users.name,
      passPublicId: passes.publicId,
      typeName: passTypes.name,
      scan: of.scan.columns,
      other: of.other.columns,
    })
    .from(conflicts)
    .leftJoin(users, eq(users.id, conflicts.seenBy))
    .leftJoin(passes, eq(passes.id, conflicts.passId))
    .leftJoin(passTypes, eq(passTypes.id, passes.typeId))
    .leftJoin(of.scan.scan, of.scan.isIt)
    .leftJoin(of.scan.checkpoint, eq(of.scan.checkpoint.id, of.scan.scan.checkpointId))
    .leftJoin(of.scan.device, eq(of.scan.device.id, of.scan.scan.deviceId))
    .leftJoin(of.other.scan, of.other.isIt)
    .leftJoin(of.other.checkpoint, eq(of.other.checkpoint.id, of.other.scan.checkpointId))
    .leftJoin(of.other.device, eq(of.other.device.id, of.other.scan.deviceId))
    .where(eq(conflicts.eventId, eventId))
    .orderBy(sql`${conflicts.seenAt} is not null`, desc(conflicts.foundAt), desc(conflicts.id))
    .limit(conflictsListedMax);
}

/**
 * A scan of a conflict. Of one that two sites judged (SPEC Y-26) it is what the conflict is about: the green, of two greens the crossing of
 * the lower number, as `findDoubleEntries` has it. That is the same one at both sites.
 */
function scanSide(name: string, scanId: typeof conflicts.scanId | typeof conflicts.otherScanId) {
  const scan = aliasedTable(scans, `${name}_scan`);
  const site = sql`(select s.site from ${scans} s where s.scan_id = ${scanId} and s.event_id = ${conflicts.eventId}
    order by s.verdict in ('admitted', 'exited') desc, s.crossing_no, s.site limit 1)`;
  const isIt = and(eq(scan.scanId, scanId), eq(scan.site, site));
  const checkpoint = aliasedTable(checkpoints, `${name}_checkpoint`);
  const device = aliasedTable(devices, `${name}_device`);
  const columns = {
    scanId: scan.scanId,
    // When it was, by the clock of who judged it.
    at: sql<Date | null>`case when ${scan.alone} then ${scan.scannedAt} else ${scan.at} end`.mapWith(
      scan.at,
    ),
    verdict: scan.verdict,
    alone: scan.alone,
    checkpointName: checkpoint.name,
    deviceName: device.name,
  };
  return { scan, isIt, checkpoint, device, columns };
}

/** How many conflicts of the event nobody has looked at. */
export async function countUnseenConflicts(db: DbOrTx, eventId: bigint): Promise<number> {
  const [row] = await db
    .select({ unseen: count() })
    .from(conflicts)
    .where(and(eq(conflicts.eventId, eventId), isNull(conflicts.seenAt)));
  return row?.unseen ?? 0;
}
