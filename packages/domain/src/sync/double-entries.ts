import type { LoggedScan } from '../admission/check-replay.ts';
import { usageRefusal } from '../admission/decide-entry.ts';
import type { EntryPolicy } from '../admission/entry-policy.ts';
import { passStateAt } from '../admission/pass-state.ts';
import type { Crossing, VenueRules } from '../admission/types.ts';
import type { ScanId, TypeId } from '../ids/brands.ts';
import { isAdmission, type Admission, type Refusal } from '../verdict/verdicts.ts';

/** An entry that its judge would have refused, had it known of another one. Both are in the log, green. */
export interface DoubleEntry {
  readonly scanId: ScanId;
  /** What the verdict would have been: `already_used`, `too_many_entries` or `already_inside`. */
  readonly refusal: Refusal;
  /** What it did not know of: an entry, or a sign that somebody was inside. */
  readonly earlierScanId: ScanId;
}

/** A green of the log, with what is needed to put it in order. */
interface Green {
  readonly scan: LoggedScan & { readonly verdict: Admission };
  /** Its time, or that of the crossing it was decided on where a clock went back: an effect is never before its cause. */
  at: number;
  /** It and the crossings it was decided on, one on the other. */
  readonly known: ReadonlySet<Green>;
}

/**
 * The double entries of one pass of type `typeId`, from all its scans in any order (SPEC Y-24, Y-60). Sites that judged in two epochs
 * without knowing of each other, and devices that were alone, are merged by their times; each green is then asked about again on all that
 * went before, unless its judge knew all of it. Who went in too often in any order is found whatever the clocks say; who was in twice
 * only for a while, as far as the clocks are right. The same scans always give the same answer.
 */
export function findDoubleEntries(
  rules: VenueRules,
  typeId: TypeId,
  log: readonly LoggedScan[],
): DoubleEntry[] {
  const policy = rules.types.get(typeId)?.policy;
  // Crew with a cart cross a thousand times, and never too often.
  if (policy === undefined || policy.kind === 'unlimited') return [];
  const found: DoubleEntry[] = [];
  const before: Green[] = [];
  let last: Crossing | null = null;
  for (const green of greensInOrder(log)) {
    const refusal = knowsAll(green, before) ? undefined : refusalOf(rules, policy, last, green);
    const earlier = refusal && unknownTo(green, before);
    if (refusal && earlier) {
      found.push({ scanId: green.scan.scanId, refusal, earlierScanId: earlier.scan.scanId });
    }
    last = after(rules, last, green) ?? last;
    before.push(green);
  }
  return found;
}

function greensInOrder(log: readonly LoggedScan[]): Green[] {
  const scans = log
    .filter((scan): scan is Green['scan'] => isAdmission(scan.verdict))
    .sort((a, b) => numberOf(a) - numberOf(b) || (a.scanId < b.scanId ? -1 : 1));
  const attemptOf = attempts(scans);
  const kept = new Map<ScanId, Green>();
  /** What is known of who was decided on the crossing with this number. */
  const behind = new Map<number, Pick<Green, 'at' | 'known'>>();
  for (const scan of scans) {
    // A green that moved nobody was not decided on the crossings of the log.
    const cause = scan.crossing === null ? undefined : behind.get(scan.seenNo);
    const known = new Set(cause?.known);
    const at = Math.max(scan.at, cause?.at ?? scan.at);
    const green = kept.get(attemptOf(scan)) ?? { scan, at, known };
    // Two sites may have judged it: it was when the first did.
    green.at = Math.min(green.at, at);
    kept.set(attemptOf(scan), green);
    known.add(green);
    if (scan.crossing !== null) behind.set(scan.crossing.crossingNo, { at, known });
  }
  // A stable sort: of two at the same time the lower number stays first.
  return [...kept.values()].sort((a, b) => a.at - b.at);
}

/** One for scans of the same person at the same moment: sent to two sites, or decided alone instead of one that was not answered. */
function attempts(scans: readonly LoggedScan[]): (scan: LoggedScan) => ScanId {
  const ids = new Set(scans.map(({ scanId }) => scanId));
  return ({ scanId, instead }) => (instead && ids.has(instead) ? instead : scanId);
}

function numberOf(scan: LoggedScan): number {
  return scan.crossing?.crossingNo ?? Number.MAX_SAFE_INTEGER;
}

function knowsAll({ known }: Green, before: readonly Green[]): boolean {
  return before.every((green) => known.has(green));
}

/** What the judge of an entry did not know of: the last entry, or else whatever it was. */
function unknownTo({ known }: Green, before: readonly Green[]): Green | undefined {
  const unknown = before.filter((green) => !known.has(green));
  return unknown.findLast(({ scan }) => scan.verdict === 'admitted') ?? unknown.at(-1);
}

/** What the rules say of an entry after all that went before; of its time, area and status nothing is asked again. */
function refusalOf(
  rules: VenueRules,
  policy: EntryPolicy,
  last: Crossing | null,
  { scan, at }: Green,
): Refusal | undefined {
  const checkpoint = rules.checkpoints.get(scan.checkpointId);
  if (scan.verdict !== 'admitted' || !checkpoint) return undefined;
  const refusal = usageRefusal(rules, policy, passStateAt(rules, last, at), checkpoint);
  return refusal === 'not_inside' ? undefined : refusal;
}

/** The state of the pass once this happened, whether or not it moved the record. Undefined for a checkpoint that is gone. */
function after(
  rules: VenueRules,
  last: Crossing | null,
  { scan, at }: Green,
): Crossing | undefined {
  const checkpoint = rules.checkpoints.get(scan.checkpointId);
  if (checkpoint === undefined) return undefined;
  const state = passStateAt(rules, last, at);
  const isEntry = scan.verdict === 'admitted';
  const newEntries = isEntry && checkpoint.fromArea === rules.outsideAreaId ? 1 : 0;
  return {
    crossingNo: state.crossingNo + 1,
    at,
    toArea: isEntry ? checkpoint.toArea : checkpoint.fromArea,
    verdict: scan.verdict,
    entries: state.entries + newEntries,
    day: state.day,
    dayEntries: state.dayEntries + newEntries,
  };
}
