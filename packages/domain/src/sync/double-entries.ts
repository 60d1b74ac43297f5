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
  /** The crossing it was decided on; two, where two sites judged it. */
  readonly causes: Set<Green>;
  /** It, what it was decided on, what that was decided on, and so on. */
  readonly known: ReadonlySet<Green>;
}

/**
 * The double entries of one pass of type `typeId`, from all its scans in any order (SPEC Y-24, Y-60). Sites that judged in two epochs
 * without knowing of each other, and devices that were alone, are merged by their times, causes first; each green is then asked about again on all that
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
  for (const green of inOrder(greensOf(log))) {
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

function greensOf(log: readonly LoggedScan[]): Green[] {
  const scans = log
    .filter((scan): scan is Green['scan'] => isAdmission(scan.verdict))
    .sort((a, b) => numberOf(a) - numberOf(b) || (a.scanId < b.scanId ? -1 : 1));
  const attemptOf = attempts(scans);
  const greens = new Map<ScanId, Green>();
  /** Who is decided on the crossing with this number is decided on this. */
  const behind = new Map<number, { readonly green: Green; readonly known: ReadonlySet<Green> }>();
  for (const scan of scans) {
    // A green that moved nobody was not decided on the crossings of the log.
    const cause = scan.crossing === null ? undefined : behind.get(scan.seenNo);
    const known = new Set(cause?.known);
    const green = greens.get(attemptOf(scan)) ?? { scan, causes: new Set(), known };
    if (cause !== undefined && cause.green !== green) green.causes.add(cause.green);
    known.add(green);
    greens.set(attemptOf(scan), green);
    if (scan.crossing !== null) behind.set(scan.crossing.crossingNo, { green, known });
  }
  return [...greens.values()];
}

/** By time, but none before its causes, wherever a clock stood: so a judge who knew all that is before it saw what is seen here. */
function inOrder(greens: readonly Green[]): Green[] {
  // A stable sort: of two at the same time the lower number stays first.
  const waiting = greens.toSorted((a, b) => a.scan.at - b.scan.at);
  const placed = new Set<Green>();
  while (waiting.length > 0) {
    const ready = waiting.findIndex(({ causes }) => causes.isSubsetOf(placed));
    // None is ready where two sites judged the same two attempts in opposite orders.
    const [next] = waiting.splice(Math.max(ready, 0), 1);
    if (next !== undefined) placed.add(next);
  }
  return [...placed];
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
  { scan }: Green,
): Refusal | undefined {
  const checkpoint = rules.checkpoints.get(scan.checkpointId);
  if (scan.verdict !== 'admitted' || !checkpoint) return undefined;
  const refusal = usageRefusal(rules, policy, passStateAt(rules, last, scan.at), checkpoint);
  return refusal === 'not_inside' ? undefined : refusal;
}

/** The state of the pass once this happened, whether or not it moved the record. Undefined for a checkpoint that is gone. */
function after(rules: VenueRules, last: Crossing | null, { scan }: Green): Crossing | undefined {
  const checkpoint = rules.checkpoints.get(scan.checkpointId);
  if (checkpoint === undefined) return undefined;
  const state = passStateAt(rules, last, scan.at);
  const isEntry = scan.verdict === 'admitted';
  const newEntries = isEntry && checkpoint.fromArea === rules.outsideAreaId ? 1 : 0;
  return {
    crossingNo: state.crossingNo + 1,
    at: scan.at,
    toArea: isEntry ? checkpoint.toArea : checkpoint.fromArea,
    verdict: scan.verdict,
    entries: state.entries + newEntries,
    day: state.day,
    dayEntries: state.dayEntries + newEntries,
  };
}
