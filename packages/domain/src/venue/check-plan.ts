import { outsideAreaNo, type CheckpointDirections } from './graph.ts';
import { crossesItself, encloses, type PlanPoint } from './polygon.ts';

/** An area as it is drawn on the plan. `outside`, number 0, is not drawn and is not among them. */
export interface PlannedArea {
  readonly no: number;
  readonly name: string;
  /** People; null is no limit. */
  readonly capacity: number | null;
  readonly polygon: readonly PlanPoint[];
}

export interface PlannedCheckpoint {
  readonly no: number;
  readonly name: string;
  readonly fromNo: number;
  readonly toNo: number;
  readonly directions: CheckpointDirections;
  /** One that is closed leads nowhere and is no way out. */
  readonly open: boolean;
}

export interface PlanToCheck {
  readonly areas: readonly PlannedArea[];
  readonly checkpoints: readonly PlannedCheckpoint[];
  /** Numbers of the areas that some type opens; null while the event has no types. */
  readonly openedNos: ReadonlySet<number> | null;
}

/** What an organizer should know of a plan before people come. */
export type PlanFinding =
  /** No checkpoint leads in from outside. */
  | { kind: 'no_way_in' }
  /** Nobody can come here from outside. */
  | { kind: 'unreachable_area'; areaNo: number }
  /** People can come here, and nowhere from here to outside. */
  | { kind: 'no_way_out'; areaNo: number }
  /** No type opens it. */
  | { kind: 'opened_by_nothing'; areaNo: number }
  | { kind: 'not_drawn'; areaNo: number }
  | { kind: 'crosses_itself'; areaNo: number }
  /** `insideNo` is drawn inside it, and may hold more people. */
  | { kind: 'smaller_than_inside'; areaNo: number; insideNo: number }
  /** It joins an area to itself, or one that is not there. */
  | { kind: 'joins_nothing'; checkpointNo: number }
  /** Nobody can come to it: from outside there is no way to the areas that it leads from. */
  | { kind: 'leads_nowhere'; checkpointNo: number };

/** What is wrong with a plan, the gravest first. Nothing of it forbids to save: a plan is drawn bit by bit. */
export function checkPlan(plan: PlanToCheck): PlanFinding[] {
  const ways = waysOf(plan);
  const reached = walk(ways, outsideAreaNo);
  const leaving = walk(
    ways.map(({ from, to }) => ({ from: to, to: from })),
    outsideAreaNo,
  );
  const hasWayIn = ways.some(({ from }) => from === outsideAreaNo);
  return [
    ...(plan.areas.length > 0 && !hasWayIn ? [{ kind: 'no_way_in' } as const] : []),
    ...plan.checkpoints.flatMap((checkpoint) => checkCheckpoint(plan, checkpoint, reached)),
    ...plan.areas.flatMap((area) => checkWays(area.no, reached, leaving)),
    ...plan.areas.flatMap((area) => checkArea(plan, area)),
  ];
}

interface Way {
  from: number;
  to: number;
}

function joinsTwo(plan: PlanToCheck, { fromNo, toNo }: PlannedCheckpoint): boolean {
  const isThere = (no: number) => no === outsideAreaNo || plan.areas.some((area) => area.no === no);
  return fromNo !== toNo && isThere(fromNo) && isThere(toNo);
}

function waysThrough({ fromNo: from, toNo: to, directions }: PlannedCheckpoint): Way[] {
  const [entry, exit] = [
    { from, to },
    { from: to, to: from },
  ];
  if (directions === 'both') return [entry, exit];
  return [directions === 'entry' ? entry : exit];
}

function waysOf(plan: PlanToCheck): Way[] {
  return plan.checkpoints
    .filter((checkpoint) => checkpoint.open && joinsTwo(plan, checkpoint))
    .flatMap(waysThrough);
}

/** All areas that one can walk to. */
function walk(ways: readonly Way[], start: number): Set<number> {
  const found = new Set([start]);
  // A set tells what is added to it while it is walked through.
  for (const area of found) {
    for (const { from, to } of ways) if (from === area) found.add(to);
  }
  return found;
}

function checkCheckpoint(
  plan: PlanToCheck,
  checkpoint: PlannedCheckpoint,
  reached: ReadonlySet<number>,
): PlanFinding[] {
  const checkpointNo = checkpoint.no;
  if (!joinsTwo(plan, checkpoint)) return [{ kind: 'joins_nothing', checkpointNo }];
  if (!checkpoint.open) return [];
  const canCome = waysThrough(checkpoint).some(({ from }) => reached.has(from));
  return canCome ? [] : [{ kind: 'leads_nowhere', checkpointNo }];
}

function checkWays(
  areaNo: number,
  reached: ReadonlySet<number>,
  leaving: ReadonlySet<number>,
): PlanFinding[] {
  if (!reached.has(areaNo)) return [{ kind: 'unreachable_area', areaNo }];
  return leaving.has(areaNo) ? [] : [{ kind: 'no_way_out', areaNo }];
}

function checkArea(plan: PlanToCheck, area: PlannedArea): PlanFinding[] {
  const areaNo = area.no;
  const findings: PlanFinding[] = [];
  if (area.polygon.length < 3) findings.push({ kind: 'not_drawn', areaNo });
  else if (crossesItself(area.polygon)) findings.push({ kind: 'crosses_itself', areaNo });
  if (plan.openedNos?.has(areaNo) === false) findings.push({ kind: 'opened_by_nothing', areaNo });
  for (const inner of plan.areas) {
    if (inner.no === areaNo || area.capacity === null || inner.capacity === null) continue;
    if (inner.capacity <= area.capacity || !encloses(area.polygon, inner.polygon)) continue;
    findings.push({ kind: 'smaller_than_inside', areaNo, insideNo: inner.no });
  }
  return findings;
}
