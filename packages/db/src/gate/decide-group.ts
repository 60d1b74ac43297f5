import {
  type AreaId,
  type Attempt,
  type CodeFinding,
  type Decision,
  foldScans,
} from '@catraca/domain';
import { createHash } from 'node:crypto';
import { speaksOfUse } from './read-details.ts';
import type { FoundPass } from './read-passes.ts';
import type { GateScan, NewConflict, NewScan, PassDetails } from './types.ts';

/** A row to be written, and what was read of its pass besides; null where the answer tells nothing of one. */
export interface DecidedScan extends NewScan {
  readonly pass: PassDetails | null;
  /** Those that this scan makes, of whichever scans. */
  readonly conflicts: readonly NewConflict[];
}

/** A scan of a batch, and what its code stands for. */
export interface Found {
  readonly scan: GateScan;
  readonly finding: CodeFinding;
  /** Null when the code stands for no pass. */
  readonly pass: FoundPass | null;
}

/** Decides the scans of one pass, or of one code that stands for none, each on the state that the ones before it leave. */
export function decideGroup(
  group: readonly Found[],
  at: number,
  people: Map<AreaId, number>,
): DecidedScan[] {
  const [first] = group;
  if (first === undefined) return [];
  const attempts = group.map(({ scan, finding }): Attempt => {
    const { checkpointId, direction, device } = scan;
    return { finding, scan: { checkpointId, direction, at }, device };
  });
  const decisions = foldScans(first.scan.rules, first.pass, attempts, people);
  return group.flatMap((found, i) => {
    const decision = decisions[i];
    return decision === undefined ? [] : [decidedScan(found, decision, at)];
  });
}

function decidedScan(found: Found, decision: Decision, at: number): DecidedScan {
  const { scan, pass } = found;
  return {
    ...factsOf(found, at),
    verdict: decision.verdict,
    seenNo: pass === null ? null : decision.seenNo,
    crossing: decision.crossing,
    pass: pass === null ? null : detailsOf(pass, scan, decision),
    ...{ alone: false, uncounted: false, conflicts: [] },
  };
}

/** What is stored of a scan whatever was decided. */
export function factsOf({ scan, pass }: Found, at: number) {
  return {
    scanId: scan.scanId,
    at,
    scannedAt: scan.scannedAt,
    eventId: scan.rules.eventId,
    deviceId: scan.device.id,
    checkpointId: scan.checkpointId,
    direction: scan.direction,
    passId: pass?.passId ?? null,
    isStaff: pass?.kind === 'credential',
    unknownCode: pass === null ? createHash('sha256').update(scan.codeText).digest() : null,
  };
}

type Seen = Pick<Decision, 'verdict' | 'seenNo'>;

/** Of its event's pass: a gate learns nothing about the guests of others. */
export function detailsOf(
  pass: FoundPass,
  { rules }: GateScan,
  decision: Seen,
): PassDetails | null {
  if (pass.eventId !== rules.eventId) return null;
  const { typeId, holder, seat } = pass;
  return { typeId, holder, seat, ...usesOf(pass, decision) };
}

/**
 * When and where the pass was used, for the refusals that speak of it. Most such passes crossed once, and that crossing was read for the
 * decision; of others it is read from the log: see `isHistoryMissing`.
 */
function usesOf(
  { last, lastCheckpointId }: FoundPass,
  { verdict, seenNo }: Seen,
): Pick<PassDetails, 'first' | 'last'> {
  if (!speaksOfUse.has(verdict) || seenNo !== 1 || last?.crossingNo !== 1 || !lastCheckpointId) {
    return { first: null, last: null };
  }
  const use = { at: last.at, checkpointId: lastCheckpointId };
  return { first: last.entries > 0 ? use : null, last: use };
}

/** Whether the answer to this scan must still be told when its pass was used. */
export function isHistoryMissing({ verdict, seenNo, pass }: DecidedScan): boolean {
  return speaksOfUse.has(verdict) && pass !== null && pass.last === null && seenNo !== 0;
}
