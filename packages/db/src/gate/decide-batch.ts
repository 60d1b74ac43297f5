import { createHash } from 'node:crypto';
import {
  type Attempt,
  type AreaId,
  type CodeFinding,
  type Decision,
  type EventId,
  foldScans,
  moveBetween,
  type VenueRules,
} from '@catraca/domain';
import { speaksOfUse } from './read-details.ts';
import { type FoundPass, isStored, mediumKey } from './read-passes.ts';
import type { GateScan, NewScan, PassDetails } from './types.ts';
import type { AreaChange } from './write-scans.ts';

/** What was read for a batch. */
export interface BatchFacts {
  /** The instant that is judged, ms since 1970. */
  readonly at: number;
  /** By `mediumKey`. */
  readonly passes: ReadonlyMap<string, FoundPass>;
  readonly people: ReadonlyMap<AreaId, number>;
}

/** A row to be written, and what was read of its pass besides; null where the answer tells nothing of one. */
export interface DecidedScan extends NewScan {
  readonly pass: PassDetails | null;
}

export interface DecidedBatch {
  /** Sorted by pass, and within a pass by the order they were brought in. */
  readonly scans: readonly DecidedScan[];
  /** Sorted by area. */
  readonly changes: readonly AreaChange[];
  /** Tokens that are not stored here and whose signature nobody has looked at yet: not decided. */
  readonly unverified: readonly GateScan[];
}

interface Found {
  readonly scan: GateScan;
  readonly finding: CodeFinding;
  /** Null when the code stands for no pass. */
  readonly pass: FoundPass | null;
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
    .flatMap((group) => decideGroup(group, facts.at, people));
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

function decideGroup(
  group: readonly Found[],
  at: number,
  people: Map<AreaId, number>,
): DecidedScan[] {
  const [first] = group;
  if (first === undefined) return [];
  const attempts = group.map(({ scan, finding }): Attempt => {
    const { checkpointId, direction, device } = scan;
    return { finding, scan: { checkpointId, direction, at }, device };
  });
  const decisions = foldScans(first.scan.rules, first.pass, attempts, people);
  return group.flatMap((found, i) => {
    const decision = decisions[i];
    return decision === undefined ? [] : [decidedScan(found, decision, at)];
  });
}

function decidedScan({ scan, pass }: Found, decision: Decision, at: number): DecidedScan {
  return {
    scanId: scan.scanId,
    at,
    scannedAt: scan.scannedAt,
    eventId: scan.rules.eventId,
    deviceId: scan.device.id,
    checkpointId: scan.checkpointId,
    direction: scan.direction,
    verdict: decision.verdict,
    passId: pass?.passId ?? null,
    seenNo: pass === null ? null : decision.seenNo,
    crossing: decision.crossing,
    unknownCode: pass === null ? createHash('sha256').update(scan.codeText).digest() : null,
    pass: pass === null ? null : detailsOf(pass, scan, decision),
  };
}

/** Of its event's pass: a gate learns nothing about the guests of others. */
function detailsOf(pass: FoundPass, { rules }: GateScan, decision: Decision): PassDetails | null {
  if (pass.eventId !== rules.eventId) return null;
  const { typeId, holderName, seat } = pass;
  return { typeId, holderName, seat, ...usesOf(pass, decision) };
}

/**
 * When and where the pass was used, for the refusals that speak of it. Most such passes crossed once, and that crossing was read for the
 * decision; of others it is read from the log: see `isHistoryMissing`.
 */
function usesOf(
  { last, lastCheckpointId }: FoundPass,
  { verdict, seenNo }: Decision,
): Pick<PassDetails, 'first' | 'last'> {
  if (!speaksOfUse.has(verdict) || seenNo !== 1 || last?.crossingNo !== 1 || !lastCheckpointId) {
    return { first: null, last: null };
  }
  const use = { at: last.at, checkpointId: lastCheckpointId };
  return { first: last.entries > 0 ? use : null, last: use };
}

/** Whether the answer to this scan must still be told when its pass was used. */
export function isHistoryMissing({ verdict, seenNo, pass }: DecidedScan): boolean {
  return speaksOfUse.has(verdict) && pass !== null && pass.last === null && seenNo !== 0;
}

/**
 * What the crossings change in the counters. `outside` has no counter. An exit back into a full area is no reason to stop, so it is not
 * the sum that must fit: each entry was decided with room for it, and keeps it as long as nobody came in meanwhile.
 */
function changesOf(scans: readonly GateScan[], decided: readonly NewScan[]): AreaChange[] {
  const rulesOf = new Map<EventId, VenueRules>();
  for (const { rules } of scans) rulesOf.set(rules.eventId, rules);
  const sums = new Map<AreaId, number>();
  const peopleMax = new Map<AreaId, number>();
  for (const { eventId, direction, crossing } of decided) {
    const rules = rulesOf.get(eventId);
    if (rules === undefined || crossing === null) continue;
    moveBetween(sums, crossing, rules.outsideAreaId);
    const { fromArea, toArea } = crossing;
    const capacity = rules.areas.get(toArea)?.capacity ?? null;
    if (direction === 'exit' || fromArea === toArea || capacity === null) continue;
    const fits = capacity - (sums.get(toArea) ?? 0);
    peopleMax.set(toArea, Math.min(fits, peopleMax.get(toArea) ?? fits));
  }
  return [...sums]
    .map(([areaId, change]) => ({ areaId, change, peopleMax: peopleMax.get(areaId) ?? null }))
    .filter((area) => area.change !== 0 || area.peopleMax !== null)
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
