import {
  type Admission,
  type CodeFinding,
  decideScan,
  findDoubleEntries,
  isAdmission,
  type LoggedScan,
  mergeAlone,
  type NextCrossing,
  openedFor,
  type PassId,
  type Verdict,
} from '@catraca/domain';
import type { FoundPass } from './read-passes.ts';
import type { PassPast } from './read-pasts.ts';
import type { AloneClaim, GateScan, NewConflict } from './types.ts';

/** What is stored of a scan that its device decided alone. */
export interface MergedScan {
  readonly verdict: Verdict;
  readonly seenNo: number;
  readonly crossing: NextCrossing | null;
  readonly uncounted: boolean;
  /** With those it makes of scans that were there before. */
  readonly conflicts: readonly NewConflict[];
}

export type Claim = GateScan & { readonly alone: AloneClaim };

/** Whether this is what a device decided alone. */
export function isClaim(scan: GateScan): scan is Claim {
  return scan.alone !== null;
}

/**
 * What becomes of what a device decided alone (SPEC D-4 to D-9): a refusal stays what it was; a green is the pass's next crossing, or
 * moves nobody and is told of. `pass` is as this site knows it now, with `past` what happened to it before. Pure.
 */
export function decideClaim(
  scan: Claim,
  finding: CodeFinding,
  pass: FoundPass | null,
  past: PassPast | undefined,
): MergedScan {
  const { verdict, at } = scan.alone;
  const seenNo = pass?.last?.crossingNo ?? 0;
  const kept = { verdict, seenNo, crossing: null, uncounted: false, conflicts: [] };
  if (!isAdmission(verdict)) return kept;
  if (pass === null || pass.eventId !== scan.rules.eventId) {
    // There is nobody here whom it could have moved: what is kept is what the code is here.
    const { checkpointId, direction, rules, device } = scan;
    const facts = { checkpointId, direction, at };
    return { ...kept, verdict: decideScan(rules, pass, finding, facts, device, new Map()).verdict };
  }
  return mergeGreen(scan, verdict, finding, pass, past ?? nothingBefore);
}

const nothingBefore: PassPast = { greens: [], revokedAt: null, refundedAt: null };

function mergeGreen(
  scan: Claim,
  verdict: Admission,
  finding: CodeFinding,
  pass: FoundPass,
  past: PassPast,
): MergedScan {
  const { at } = scan.alone;
  const { checkpointId, direction, scanId, rules } = scan;
  const facts = { checkpointId, direction, at };
  const then = asItWas(pass, past, at);
  const merged = mergeAlone(
    openedFor(rules, facts, pass.typeId),
    then,
    isAlive(pass, at) ? 'known' : finding,
    { ...facts, verdict },
    { eventId: rules.eventId, checkpointIds: null },
    // Its id is that of the attempt itself, so nothing else was judged instead of it.
    null,
  );
  const { seenNo, crossing, mergeVerdict } = merged;
  const green: LoggedScan = { ...facts, scanId, verdict, alone: true, seenNo, crossing };
  const ofPass = { eventId: rules.eventId, passId: pass.passId };
  const conflicts: NewConflict[] = findDoubleEntries(rules, pass.typeId, [
    ...past.greens,
    green,
  ]).map((found) => ({
    ...{ ...ofPass, kind: 'double_entry', scanId: found.scanId },
    otherScanId: found.earlierScanId,
  }));
  if (mergeVerdict === 'revoked' || mergeVerdict === 'refunded') {
    const kind = mergeVerdict === 'revoked' ? 'admitted_after_revocation' : 'admitted_after_refund';
    conflicts.push({ ...ofPass, kind, scanId, otherScanId: null });
  }
  return { verdict, seenNo, crossing, uncounted: crossing === null, conflicts };
}

/** The pass with the status it had: one that a person ended since was good, and any other is the fault of nobody at the gate. */
function asItWas(pass: FoundPass, past: PassPast, at: number): FoundPass {
  const { status } = pass;
  const endedAt = status === 'revoked' ? past.revokedAt : past.refundedAt;
  const isEnded = status === 'revoked' || status === 'refunded';
  return isEnded && (endedAt === null || endedAt <= at) ? pass : { ...pass, status: 'valid' };
}

/** Whether the medium that was read was a living one at that instant. */
function isAlive({ medium }: FoundPass, at: number): boolean {
  return medium !== null && (medium.state === 'active' || (medium.diedAt ?? 0) > at);
}

/** The passes of which a claim asks for the past, in a batch. */
export function passesOfClaims(
  scans: readonly GateScan[],
  passOf: (scan: GateScan) => FoundPass | undefined,
): PassId[] {
  const asked = new Set<PassId>();
  for (const scan of scans) {
    const pass = isClaim(scan) && isAdmission(scan.alone.verdict) ? passOf(scan) : undefined;
    if (pass !== undefined) asked.add(pass.passId);
  }
  return [...asked];
}
