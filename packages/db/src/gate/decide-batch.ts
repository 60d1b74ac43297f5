import {
  type AreaId,
  type CodeFinding,
  type EventId,
  moveBetween,
  type PassId,
  type VenueRules,
} from '@catraca/domain';
import { isClaim } from './decide-alone.ts';
import { type DecidedScan, decideGroup, type Found } from './decide-group.ts';
import { decideMixed } from './decide-mixed.ts';
import { type FoundPass, isStored, mediumKey } from './read-passes.ts';
import type { PassPast } from './read-pasts.ts';
import type { GateScan, NewScan } from './types.ts';
import type { AreaChange } from './write-scans.ts';

/** What was read for a batch. */
export interface BatchFacts {
  /** The instant that is judged, ms since 1970. */
  readonly at: number;
  /** By `mediumKey`. */
  readonly passes: ReadonlyMap<string, FoundPass>;
  readonly people: ReadonlyMap<AreaId, number>;
  /** Of the passes for which a device alone gave a green. */
  readonly pasts: ReadonlyMap<PassId, PassPast>;
}

export interface DecidedBatch {
  /** Sorted by pass, and within a pass by the order they were brought in. */
  readonly scans: readonly DecidedScan[];
  /** Sorted by area. */
  readonly changes: readonly AreaChange[];
  /** Tokens that are not stored here and whose signature nobody has looked at yet: not decided. */
  readonly unverified: readonly GateScan[];
}

/** Decides all scans of a batch, each on the state that the ones before it leave. Pure. */
export function decideBatch(scans: readonly GateScan[], facts: BatchFacts): DecidedBatch {
  const unverified: GateScan[] = [];
  const groups = new Map<string, Found[]>();
  for (const scan of scans) {
    const found = lookUp(scan, facts.passes);
    if (found === undefined) unverified.push(scan);
    else append(groups, groupOf(found), found);
  }
  const people = new Map(facts.people);
  const decided = [...groups.values()]
    .sort((a, b) => compare(a[0]?.pass?.passId ?? 0n, b[0]?.pass?.passId ?? 0n))
    .flatMap((group) =>
      group.some(({ scan }) => isClaim(scan))
        ? decideMixed(group, facts.at, facts.pasts, people)
        : decideGroup(group, facts.at, people),
    );
  return { scans: decided, changes: changesOf(scans, decided), unverified };
}

/** What the code of a scan turned out to be; undefined when its signature must be verified first. */
function lookUp(scan: GateScan, passes: BatchFacts['passes']): Found | undefined {
  const { code, verification } = scan;
  const notOurs = (finding: CodeFinding): Found => ({ scan, finding, pass: null });
  if (code.kind === 'unknown') return notOurs('unknown_code');
  if (code.kind === 'forged') return notOurs('bad_signature');

  const pass = passes.get(mediumKey(code) ?? '');
  if (pass !== undefined && (code.kind === 'barcode' || isStored(code, pass))) {
    return { scan, pass, finding: pass.medium?.state === 'active' ? 'known' : 'dead_medium' };
  }
  if (code.kind === 'barcode') return notOurs('unknown_code');
  if (verification === null) return undefined;
  if (verification !== 'valid') return notOurs('bad_signature');
  return notOurs(code.claims.eventId === scan.rules.eventId ? 'unknown_code' : 'other_event');
}

/** Scans that are decided in turn: those of one pass, by the rules of one event. */
function groupOf({ scan, pass }: Found): string {
  return pass === null ? scan.scanId : `${pass.passId}/${scan.rules.eventId}`;
}

/**
 * What the crossings change in the counters. `outside` has no counter. An exit back into a full area is no reason to stop, so it is not
 * the sum that must fit: each entry was decided with room for it, and keeps it as long as nobody came in meanwhile.
 */
function changesOf(scans: readonly GateScan[], decided: readonly NewScan[]): AreaChange[] {
  const rulesOf = new Map<EventId, VenueRules>();
  for (const { rules } of scans) rulesOf.set(rules.eventId, rules);
  const sums = new Map<AreaId, number>();
  const staff = new Map<AreaId, number>();
  const peopleMax = new Map<AreaId, number>();
  for (const { eventId, direction, crossing, alone, isStaff } of decided) {
    const rules = rulesOf.get(eventId);
    if (rules === undefined || crossing === null) continue;
    moveBetween(sums, crossing, rules.outsideAreaId);
    if (isStaff) moveBetween(staff, crossing, rules.outsideAreaId);
    const { fromArea, toArea } = crossing;
    const capacity = rules.areas.get(toArea)?.capacity ?? null;
    // Who is in is in, and is counted over the capacity.
    if (alone || direction === 'exit' || fromArea === toArea || capacity === null) continue;
    const fits = capacity - (sums.get(toArea) ?? 0);
    peopleMax.set(toArea, Math.min(fits, peopleMax.get(toArea) ?? fits));
  }
  return [...sums]
    .map(([areaId, change]) => ({
      ...{ areaId, change },
      ...{ staff: staff.get(areaId) ?? 0, peopleMax: peopleMax.get(areaId) ?? null },
    }))
    .filter((area) => area.change !== 0 || area.staff !== 0 || area.peopleMax !== null)
    .sort((a, b) => compare(a.areaId, b.areaId));
}

function append<Key, Value>(lists: Map<Key, Value[]>, key: Key, value: Value): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}

function compare(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
