import type { AreaId } from '../ids/brands.ts';
import { moveBetween } from './occupancy.ts';
import { decideScan } from './decide-scan.ts';
import type {
  CodeFinding,
  Crossing,
  Decision,
  DeviceFacts,
  PassFacts,
  ScanFacts,
  VenueRules,
} from './types.ts';

/** One scan of a batch, with what was found out about it. */
export interface Attempt {
  readonly finding: CodeFinding;
  readonly scan: ScanFacts;
  readonly device: DeviceFacts;
}

/** A pass's last crossing once this is decided: the state its next scan is decided on. */
export function lastAfter(last: Crossing | null, decision: Decision, at: number): Crossing | null {
  if (decision.crossing === null) return last;
  const { crossingNo, toArea, entries, day, dayEntries } = decision.crossing;
  return { crossingNo, at, toArea, verdict: decision.verdict, entries, day, dayEntries };
}

/**
 * Decides several scans of one pass in the order given, each on the state the one before leaves. `pass` is null for codes
 * that stand for no pass. `occupancy` is moved along, so that a batch of many passes passes the same map for each of them.
 */
export function foldScans(
  rules: VenueRules,
  pass: PassFacts | null,
  attempts: readonly Attempt[],
  occupancy: Map<AreaId, number>,
): Decision[] {
  let facts = pass;
  return attempts.map(({ finding, scan, device }) => {
    const decision = decideScan(rules, facts, finding, scan, device, occupancy);
    if (decision.crossing !== null) {
      moveBetween(occupancy, decision.crossing, rules.outsideAreaId);
      if (facts !== null) facts = { ...facts, last: lastAfter(facts.last, decision, scan.at) };
    }
    return decision;
  });
}
