import {
  decideScan,
  lastAfter,
  moveBetween,
  uuidv7,
  type AreaId,
  type Crossing,
  type Decision,
  type LoggedScan,
  type PassFacts,
  type VenueRules,
} from '../src/index.ts';
import { aStrangeEvent, eventId, passTypeOf, type Step } from './any-venue.ts';

/** A step with what was decided on which facts. */
export interface Decided {
  readonly step: Step;
  readonly pass: PassFacts;
  readonly decision: Decision;
  /** People in each area before it. */
  readonly before: ReadonlyMap<AreaId, number>;
  readonly row: LoggedScan;
}

export interface Run {
  readonly decided: readonly Decided[];
  readonly occupancy: ReadonlyMap<AreaId, number>;
  readonly lastOf: ReadonlyMap<number, Crossing>;
}

/** Decides a history step by step, keeping what a database would keep. */
export function runHistory(rules: VenueRules, history: readonly Step[]): Run {
  const occupancy = new Map<AreaId, number>();
  const lastOf = new Map<number, Crossing>();
  const decided = history.map((step, index): Decided => {
    const before = new Map(occupancy);
    const pass = factsOf(rules, step, lastOf.get(step.passNo) ?? null);
    const decision = decideScan(rules, pass, step.finding, step.scan, step.device, occupancy);
    if (decision.crossing !== null) moveBetween(occupancy, decision.crossing, rules.outsideAreaId);
    const last = lastAfter(pass.last, decision, step.scan.at);
    if (last !== null) lastOf.set(step.passNo, last);
    return { step, pass, decision, before, row: rowOf(index, step, decision) };
  });
  return { decided, occupancy, lastOf };
}

function factsOf(rules: VenueRules, step: Step, last: Crossing | null): PassFacts {
  return {
    eventId: step.strangeEvent ? aStrangeEvent : eventId,
    typeId: passTypeOf(rules, step.passNo),
    status: step.status,
    needsAttention: step.needsAttention,
    last,
  };
}

function rowOf(index: number, step: Step, { verdict, seenNo, crossing }: Decision): LoggedScan {
  return { ...step.scan, scanId: uuidv7(index, new Uint8Array(10)), verdict, seenNo, crossing };
}
