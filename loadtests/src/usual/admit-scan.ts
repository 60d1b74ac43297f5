import { createHash, type KeyObject } from 'node:crypto';
import { type Db, schema, type Tx } from '@catraca/db';
import type { Venue } from '@catraca/db/gate';
import {
  type AreaId,
  type CheckpointId,
  type Decision,
  decideScan,
  parseCode,
  type Verdict,
} from '@catraca/domain';
import type { ScanRequest, VerdictMessage } from '@catraca/protocol';
import { and, eq, lt, sql } from 'drizzle-orm';
import postgres from 'postgres';
import { benchSite } from '../passes/pass.ts';
import { type Found, findPass, selectFirstCrossing } from './find-pass.ts';
import type { UsualDevice } from './memory.ts';

export interface UsualServices {
  readonly db: Db;
  readonly venue: Venue;
  readonly keys: ReadonlyMap<number, KeyObject>;
}

/** Thrown to roll a transaction back: nobody more fits into this area. */
class AreaFull extends Error {
  readonly area: AreaId;

  constructor(area: AreaId) {
    super('an area is full');
    this.area = area;
  }
}

/** One scan in one transaction: lock the pass, read, decide, write, count, commit. `full`: areas found to be. */
export async function admitScan(
  services: UsualServices,
  device: UsualDevice,
  request: ScanRequest,
  full: readonly AreaId[] = [],
): Promise<VerdictMessage> {
  const { db, venue } = services;
  try {
    return await db.transaction((tx) => judge(tx, services, device, request, full));
  } catch (error) {
    if (error instanceof AreaFull) return admitScan(services, device, request, [error.area]);
    if (!isScanKnown(error)) throw error;
    const [stored] = await db
      .select()
      .from(schema.scans)
      .where(eq(schema.scans.scanId, request.scanId));
    if (stored === undefined) throw error;
    return answerOf(venue, request, stored.verdict as Verdict, stored.at);
  }
}

async function judge(
  tx: Tx,
  { venue, keys }: UsualServices,
  device: UsualDevice,
  request: ScanRequest,
  full: readonly AreaId[],
): Promise<VerdictMessage> {
  const checkpointId = BigInt(request.checkpointId) as CheckpointId;
  const found = await findPass(tx, parseCode(request.code), keys);
  const at = new Date();
  const scan = { checkpointId, direction: request.direction, at: at.getTime() };
  const people = new Map(full.map((area) => [area, Infinity]));
  const decision = decideScan(venue.rules, found.pass, found.finding, scan, device, people);
  const description = await describePass(tx, venue, found, decision.verdict);
  await insertScan(tx, { found, decision, request, device, checkpointId, at });
  if (decision.crossing) await moveIn(tx, venue, decision.crossing.toArea);
  return { ...answerOf(venue, request, decision.verdict, at), ...description };
}

/** Counts one person more in an area. All gates want that row: it is locked last. @throws AreaFull when there is no room. */
async function moveIn(tx: Tx, { rules }: Venue, area: AreaId): Promise<void> {
  const { areaCounters } = schema;
  const capacity = rules.areas.get(area)?.capacity ?? null;
  const hasRoom = capacity === null ? undefined : lt(areaCounters.people, capacity);
  const moved = await tx
    .update(areaCounters)
    .set({ people: sql`${areaCounters.people} + 1` })
    .where(and(eq(areaCounters.areaId, area), hasRoom))
    .returning({ areaId: areaCounters.areaId });
  if (moved.length === 0) throw new AreaFull(area);
}

interface Judged {
  readonly found: Found;
  readonly decision: Decision;
  readonly request: ScanRequest;
  readonly device: UsualDevice;
  readonly checkpointId: CheckpointId;
  readonly at: Date;
}

async function insertScan(tx: Tx, judged: Judged): Promise<void> {
  const { found, decision, request, device, checkpointId, at } = judged;
  const { pass } = found;
  await tx.insert(schema.scans).values({
    ...{ at, checkpointId, site: benchSite, deviceId: device.id, eventId: device.eventId },
    scanId: request.scanId,
    scannedAt: new Date(request.scannedAt),
    direction: request.direction,
    verdict: decision.verdict,
    passId: pass?.id ?? null,
    seenNo: pass === null ? null : decision.seenNo,
    ...decision.crossing,
    unknownCode: pass === null ? createHash('sha256').update(request.code).digest() : null,
  });
}

function answerOf(
  { rules, areaNames }: Venue,
  { scanId, checkpointId }: ScanRequest,
  verdict: Verdict,
  at: Date,
): VerdictMessage {
  const area = rules.checkpoints.get(BigInt(checkpointId) as CheckpointId)?.toArea;
  const areaName = area && areaNames.get(area);
  return {
    ...{ type: 'verdict', scanId, verdict, at: at.toISOString() },
    ...(areaName !== undefined && { areaName }),
  };
}

/** Whose pass it is, and of a used one, when and where that was. */
async function describePass(
  tx: Tx,
  { types, checkpoints }: Venue,
  { pass }: Found,
  verdict: Verdict,
): Promise<Partial<VerdictMessage>> {
  if (pass === null) return {};
  const type = types.get(pass.typeId);
  const { holderName, lastRow } = pass;
  const described = {
    pass: { typeName: type?.name ?? '', typeColor: type?.colour ?? '', holderName, seat: null },
  };
  if (verdict !== 'already_used' || lastRow === undefined) return described;
  const useOf = ({ at, checkpointId }: typeof lastRow) => ({
    at: at.toISOString(),
    checkpointName: checkpoints.find(({ id }) => id === checkpointId)?.name ?? '',
  });
  const first = (await selectFirstCrossing(tx, pass.id)) ?? lastRow;
  return { ...described, first: useOf(first), last: useOf(lastRow) };
}

function isScanKnown(error: unknown): boolean {
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  return cause instanceof postgres.PostgresError && cause.constraint_name === 'scans_scan_id';
}
