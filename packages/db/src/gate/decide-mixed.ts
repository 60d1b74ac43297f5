import {
  type AreaId,
  type Crossing,
  isAdmission,
  type LoggedScan,
  moveBetween,
  type PassId,
} from '@catraca/domain';
import assert from 'node:assert/strict';
import { decideClaim, isClaim } from './decide-alone.ts';
import { type DecidedScan, decideGroup, detailsOf, factsOf, type Found } from './decide-group.ts';
import type { PassPast } from './read-pasts.ts';
import type { NewScan } from './types.ts';

/** As `decideGroup`, where devices that were alone decided some: in turn, each with what the ones before it add to the past. */
export function decideMixed(
  group: readonly Found[],
  at: number,
  pasts: ReadonlyMap<PassId, PassPast>,
  people: Map<AreaId, number>,
): DecidedScan[] {
  let pass = group[0]?.pass ?? null;
  let past = pass === null ? undefined : pasts.get(pass.passId);
  return group.map(({ scan, finding, pass: found }) => {
    // Several media of a pass have their own state each.
    const now = found && pass && { ...found, last: pass.last };
    const decided = decideOne({ scan, finding, pass: now }, past, at, people);
    if (pass !== null) pass = { ...pass, last: lastAfter(pass.last, decided) };
    if (past !== undefined) past = { ...past, greens: [...past.greens, loggedScan(decided)] };
    return decided;
  });
}

function decideOne(
  found: Found,
  past: PassPast | undefined,
  at: number,
  people: Map<AreaId, number>,
): DecidedScan {
  const { scan, finding, pass } = found;
  if (!isClaim(scan)) {
    const [decided] = decideGroup([found], at, people);
    assert(decided, 'each scan is decided');
    return decided;
  }
  const merged = decideClaim(scan, finding, pass, past);
  if (merged.crossing !== null) moveBetween(people, merged.crossing, scan.rules.outsideAreaId);
  return {
    ...factsOf(found, at),
    ...merged,
    scannedAt: scan.alone.at,
    seenNo: pass === null ? null : merged.seenNo,
    alone: true,
    pass: pass === null ? null : detailsOf(pass, scan, merged),
  };
}

/** The instant for which it was decided. */
function judgedAt({ alone, at, scannedAt }: NewScan): number {
  return alone ? scannedAt : at;
}

function loggedScan(scan: DecidedScan): LoggedScan {
  const { scanId, checkpointId, direction, verdict, alone, seenNo, crossing } = scan;
  const facts = { checkpointId, direction, at: judgedAt(scan) };
  return { scanId, ...facts, verdict, alone, seenNo: seenNo ?? 0, crossing };
}

/** The pass's last crossing once this is stored. */
function lastAfter(last: Crossing | null, scan: NewScan): Crossing | null {
  const { crossing, verdict } = scan;
  if (crossing === null || !isAdmission(verdict)) return last;
  const { crossingNo, toArea, entries, day, dayEntries } = crossing;
  return { crossingNo, at: judgedAt(scan), toArea, verdict, entries, day, dayEntries };
}
