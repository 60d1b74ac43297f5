import type { AreaId, ScanId, TypeId } from '../ids/brands.ts';
import type { Area } from '../venue/graph.ts';
import { isAdmission, type Refusal, type Verdict } from '../verdict/verdicts.ts';
import { decideScan } from './decide-scan.ts';
import type {
  Crossing,
  Decision,
  NextCrossing,
  PassFacts,
  ScanFacts,
  VenueRules,
} from './types.ts';

/** One row of the scans log, as it was stored. */
export interface LoggedScan extends ScanFacts {
  readonly scanId: ScanId;
  readonly verdict: Verdict;
  readonly seenNo: number;
  /** Null for a refusal. */
  readonly crossing: NextCrossing | null;
}

/**
 * What is wrong with a log.
 * `duplicate_scan`: a scan id twice. `unmarked`: green without a crossing, or a crossing that is not green.
 * `gap`: a crossing number is missing or there twice. `broken_chain`: a crossing does not start where the one before it ended.
 * `stale_admission`: decided on another state than that of the crossing before it. `illegal_admission`: the rules refuse it, or count
 * it otherwise. `illegal_refusal`: on the state it was decided on, the rules say something else.
 */
export type ReplayProblem =
  | 'duplicate_scan'
  | 'unmarked'
  | 'gap'
  | 'broken_chain'
  | 'stale_admission'
  | 'illegal_admission'
  | 'illegal_refusal';

export interface ReplayFinding {
  readonly problem: ReplayProblem;
  readonly scanId: ScanId;
}

/**
 * Audits the whole log of one pass of type `typeId`, in any order: empty when each admission is legal where it stands. It knows the
 * rules and the log only, so a capacity, a status or a device of that moment is taken on trust.
 */
export function checkReplay(
  rules: VenueRules,
  typeId: TypeId,
  log: readonly LoggedScan[],
): ReplayFinding[] {
  const judge = { rules: { ...rules, areas: new Map<AreaId, Area>() }, typeId };
  const crossings = log.filter((scan) => scan.crossing !== null).sort(byCrossingNo);
  const states: (Crossing | null)[] = [null];
  const findings = [...findDuplicates(log), ...findUnmarked(log)];
  for (const scan of crossings) {
    const last = states.at(-1) ?? null;
    findings.push(...findInCrossing(judge, last, scan));
    states.push(crossingOf(scan, last));
  }
  for (const scan of log) {
    if (!isAdmission(scan.verdict) && !isLegalRefusal(judge, states[scan.seenNo], scan)) {
      findings.push({ problem: 'illegal_refusal', scanId: scan.scanId });
    }
  }
  return findings;
}

interface Judge {
  readonly rules: VenueRules;
  readonly typeId: TypeId;
}

function byCrossingNo(a: LoggedScan, b: LoggedScan): number {
  return (a.crossing?.crossingNo ?? 0) - (b.crossing?.crossingNo ?? 0);
}

function findDuplicates(log: readonly LoggedScan[]): ReplayFinding[] {
  const seen = new Set<ScanId>();
  const findings: ReplayFinding[] = [];
  for (const { scanId } of log) {
    if (seen.has(scanId)) findings.push({ problem: 'duplicate_scan', scanId });
    seen.add(scanId);
  }
  return findings;
}

function findUnmarked(log: readonly LoggedScan[]): ReplayFinding[] {
  return log
    .filter((scan) => isAdmission(scan.verdict) !== (scan.crossing !== null))
    .map(({ scanId }) => ({ problem: 'unmarked', scanId }));
}

function* findInCrossing(
  judge: Judge,
  last: Crossing | null,
  scan: LoggedScan,
): Generator<ReplayFinding> {
  const { scanId, crossing, seenNo } = scan;
  if (crossing === null) return;
  const lastNo = last?.crossingNo ?? 0;
  if (crossing.crossingNo !== lastNo + 1) yield { problem: 'gap', scanId };
  if (crossing.fromArea !== (last?.toArea ?? judge.rules.outsideAreaId)) {
    yield { problem: 'broken_chain', scanId };
  }
  if (seenNo !== lastNo) yield { problem: 'stale_admission', scanId };
  if (!isSameAdmission(decideAgain(judge, last, scan), scan)) {
    yield { problem: 'illegal_admission', scanId };
  }
}

function crossingOf(scan: LoggedScan, last: Crossing | null): Crossing | null {
  if (scan.crossing === null || !isAdmission(scan.verdict)) return last;
  const { crossingNo, toArea, entries, day, dayEntries } = scan.crossing;
  return { crossingNo, at: scan.at, toArea, verdict: scan.verdict, entries, day, dayEntries };
}

function decideAgain({ rules, typeId }: Judge, last: Crossing | null, scan: LoggedScan): Decision {
  const pass: PassFacts = {
    eventId: rules.eventId,
    typeId,
    status: 'valid',
    needsAttention: false,
    last,
  };
  const device = { eventId: rules.eventId, checkpointIds: null };
  return decideScan(rules, pass, 'known', scan, device, new Map());
}

function isSameAdmission(decision: Decision, scan: LoggedScan): boolean {
  const [expected, stored] = [decision.crossing, scan.crossing];
  if (expected === null || stored === null || decision.verdict !== scan.verdict) return false;
  return (
    expected.toArea === stored.toArea &&
    expected.entries === stored.entries &&
    expected.day === stored.day &&
    expected.dayEntries === stored.dayEntries
  );
}

/** Refusals that follow from the rules and the pass's crossings alone. */
const fromCrossings: ReadonlySet<Verdict> = new Set<Refusal>([
  'wrong_area',
  'wrong_day',
  'not_yet_valid',
  'expired',
  'already_used',
  'too_many_entries',
  'already_inside',
  'not_inside',
]);
/** Refusals that are given only where everything else would admit. */
const lastResorts: ReadonlySet<Verdict> = new Set<Refusal>(['needs_attention', 'area_full']);

function isLegalRefusal(
  judge: Judge,
  seen: Crossing | null | undefined,
  scan: LoggedScan,
): boolean {
  // It was decided on a crossing that is not in the log.
  if (seen === undefined) return false;
  if (fromCrossings.has(scan.verdict))
    return decideAgain(judge, seen, scan).verdict === scan.verdict;
  if (lastResorts.has(scan.verdict)) return decideAgain(judge, seen, scan).verdict === 'admitted';
  return true;
}
