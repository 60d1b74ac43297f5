import { epochMax } from '../admission/crossing-no.ts';
import { decideScan } from '../admission/decide-scan.ts';
import type {
  CodeFinding,
  DeviceFacts,
  NextCrossing,
  PassFacts,
  PassStatus,
  ScanFacts,
  VenueRules,
} from '../admission/types.ts';
import type { Verdict } from '../verdict/verdicts.ts';

/**
 * Devices that are alone decide with rules of this epoch, which is after all others: they number on from any crossing they know. The numbers
 * are for the device itself; a site numbers anew.
 */
export const aloneEpoch = epochMax;

/** A scan that a device decided alone. `at` is its own time, corrected by the clock offset it measured. */
export interface AloneScan extends ScanFacts {
  readonly verdict: Verdict;
}

export interface MergedAlone {
  /** What the rules said when it was merged. */
  readonly mergeVerdict: Verdict;
  /** What the pass was then, null for a code of no pass: a green of a pass that is over is reported (`entriesAfterEnding`). */
  readonly mergeStatus: PassStatus | null;
  readonly seenNo: number;
  readonly crossing: NextCrossing | null;
}

/**
 * What becomes of a scan that a device decided alone, at the site that judges (SPEC Y-62). Its verdict is kept in any case: the person
 * went in. A green is the pass's next crossing when the rules still say the same and the pass has not crossed since; otherwise it
 * moves nobody, and `findDoubleEntries` tells whether somebody came in twice. Capacity and attention are not asked again.
 */
export function mergeAlone(
  rules: VenueRules,
  pass: PassFacts | null,
  finding: CodeFinding,
  scan: AloneScan,
  device: DeviceFacts,
  /** What this site's log says of the attempt that it was decided alone instead of (`instead`). */
  insteadVerdict: Verdict | null,
): MergedAlone {
  const facts = pass === null ? null : { ...pass, needsAttention: false };
  const decision = decideScan(rules, facts, finding, scan, device, new Map());
  const hasCrossedSince = pass !== null && pass.last !== null && pass.last.at > scan.at;
  const isRepeated = insteadVerdict === scan.verdict;
  const moves = decision.verdict === scan.verdict && !hasCrossedSince && !isRepeated;
  return {
    mergeVerdict: decision.verdict,
    mergeStatus: pass?.status ?? null,
    seenNo: decision.seenNo,
    crossing: moves ? decision.crossing : null,
  };
}
