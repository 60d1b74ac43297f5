import type { AreaId, ScanId, TypeId } from '../ids/brands.ts';
import type { Area } from '../venue/graph.ts';
import { isAdmission, type Refusal, type Verdict } from '../verdict/verdicts.ts';
import { crossingsPerEpoch, epochOf } from './crossing-no.ts';
import { decideScan } from './decide-scan.ts';
import { openedFor } from './opened-for.ts';
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
  /** Decided by a device that was alone: its green may have moved nobody, and what it knew is not in the log. */
  readonly alone?: boolean;
  /** The attempt before it that was not answered, when the device then decided alone: the same person, so both count once. */
  readonly instead?: ScanId | null;
  /** The site that recorded it. Two may have recorded one attempt that was sent to both. */
  readonly site?: number;
  readonly seenNo: number;
  /** Null for a refusal. */
  readonly crossing: NextCrossing | null;
}

/**
 * What is wrong with a log.
 * `duplicate_scan`: a scan id twice at a site. `unmarked`: green without a crossing, or a crossing that is not green.
 * `gap`: a crossing number is missing in its epoch, or there twice. `broken_chain`: a crossing does not start where the one it was
 * decided on ended. `stale_admission`: decided on another state than that of the crossing before it; the first of an epoch, whose
 * judge may not have had all that went before, on one that is not in the log. `illegal_admission`: the rules refuse it, or count
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
  const crossings = log
    .filter((scan): scan is CrossingScan => scan.crossing !== null)
    .sort((a, b) => a.crossing.crossingNo - b.crossing.crossingNo);
  const states = new Map<number, Crossing | null>([[0, null]]);
  let lastNo = 0;
  const findings = [...findDuplicates(log), ...findUnmarked(log)];
  for (const scan of crossings) {
    const { seenNo, crossing } = scan;
    const isFirst = isFirstOfEpoch(lastNo, crossing);
    const seen = states.get(isFirst ? seenNo : lastNo) ?? null;
    if (isFirst ? !states.has(seenNo) : seenNo !== lastNo) {
      findings.push({ problem: 'stale_admission', scanId: scan.scanId });
    }
    findings.push(...findInCrossing(judge, lastNo, seen, scan));
    lastNo = crossing.crossingNo;
    states.set(lastNo, crossingOf(scan, seen));
  }
  for (const scan of log) {
    if (
      !isAdmission(scan.verdict) &&
      scan.alone !== true &&
      !isLegalRefusal(judge, states.get(scan.seenNo), scan)
    ) {
      findings.push({ problem: 'illegal_refusal', scanId: scan.scanId });
    }
  }
  return findings;
}

interface Judge {
  readonly rules: VenueRules;
  readonly typeId: TypeId;
}

type CrossingScan = LoggedScan & { readonly crossing: NextCrossing };

/** The first crossing of a later epoch than the one before it: its number is free of what other epochs did. */
function isFirstOfEpoch(lastNo: number, { crossingNo }: NextCrossing): boolean {
  return epochOf(crossingNo) > epochOf(lastNo) && crossingNo % crossingsPerEpoch === 1;
}

function findDuplicates(log: readonly LoggedScan[]): ReplayFinding[] {
  const seen = new Set<string>();
  const findings: ReplayFinding[] = [];
  for (const { scanId, site } of log) {
    const key = `${scanId} ${site ?? ''}`;
    if (seen.has(key)) findings.push({ problem: 'duplicate_scan', scanId });
    seen.add(key);
  }
  return findings;
}

function findUnmarked(log: readonly LoggedScan[]): ReplayFinding[] {
  return log
    .filter((scan) => isUnmarked(scan))
    .map(({ scanId }) => ({ problem: 'unmarked', scanId }));
}

function isUnmarked({ verdict, crossing, alone }: LoggedScan): boolean {
  if (crossing === null) return isAdmission(verdict) && alone !== true;
  return !isAdmission(verdict);
}

function* findInCrossing(
  judge: Judge,
  lastNo: number,
  seen: Crossing | null,
  scan: CrossingScan,
): Generator<ReplayFinding> {
  const { scanId, crossing } = scan;
  if (crossing.crossingNo !== lastNo + 1 && !isFirstOfEpoch(lastNo, crossing)) {
    yield { problem: 'gap', scanId };
  }
  if (crossing.fromArea !== (seen?.toArea ?? judge.rules.outsideAreaId)) {
    yield { problem: 'broken_chain', scanId };
  }
  if (!isSameAdmission(decideAgain(judge, seen, scan), scan)) {
    yield { problem: 'illegal_admission', scanId };
  }
}

function crossingOf(scan: CrossingScan, last: Crossing | null): Crossing | null {
  if (!isAdmission(scan.verdict)) return last;
  const { crossingNo, toArea, entries, day, dayEntries } = scan.crossing;
  return { crossingNo, at: scan.at, toArea, verdict: scan.verdict, entries, day, dayEntries };
}

function decideAgain(judge: Judge, last: Crossing | null, scan: LoggedScan): Decision {
  const { typeId } = judge;
  // The number is not compared, so any epoch does that is not over.
  const epoch = epochOf(last?.crossingNo ?? 0);
  // A device that was alone had the rules of an earlier hour.
  const then = scan.alone === true ? openedFor(judge.rules, scan, typeId) : judge.rules;
  const rules = { ...then, epoch };
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
