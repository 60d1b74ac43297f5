import {
  checkReplay,
  countingDayNo,
  epochOf,
  type DoubleEntry,
  type EntryAfterEnding,
  type EntryPolicy,
  type PassId,
  type ScanId,
} from '../../src/index.ts';
import { allTypes, gate, rulesIn } from './scene.ts';
import type { LoggedFact, Store } from './store.ts';
import { Fault } from './truth.ts';
import type { World } from './world.ts';

/** The log of one pass tells all that went wrong with it, and nothing else. */
export function checkPass(
  world: World,
  store: Store,
  passId: PassId,
  log: readonly LoggedFact[],
): void {
  const type = typeOf(store, passId);
  if (type === undefined) return;
  checkReports(world, store, passId, log);
  // The two types of a credential that was granted as both were judged by turns.
  if (grantsOf(store, passId) > 1) return;
  const doubles = doublesOf(world, store, passId);
  checkCount(world, type.policy, log, doubles);
  for (const double of doubles) checkReason(store, log, double);
  const [problem] = checkReplay(rulesIn(0), type.id, log);
  if (problem) throw new Fault('A-71', `${problem.problem} in the log of pass ${passId}`);
}

function typeOf(store: Store, passId: PassId) {
  return allTypes[store.passes.get(passId)?.typeNo ?? -1];
}

function grantsOf(store: Store, passId: PassId): number {
  return [...store.journals.values()]
    .flatMap(({ sales }) => sales)
    .filter(({ body }) => body.kind === 'accredited' && body.passId === passId).length;
}

export function doublesOf(world: World, store: Store, passId: PassId): DoubleEntry[] {
  const type = typeOf(store, passId);
  const log = store.logs.get(passId) ?? [];
  return type === undefined ? [] : world.core.findDoubleEntries(rulesIn(0), type.id, log);
}

export function reportsOf(world: World, store: Store, passId: PassId): EntryAfterEnding[] {
  const entries = (store.logs.get(passId) ?? []).filter(({ verdict }) => verdict === 'admitted');
  return (store.endings.get(passId) ?? [])
    .flatMap((ending) => world.core.entriesAfterEnding(ending, entries))
    .sort(byScan);
}

function byScan(a: EntryAfterEnding, b: EntryAfterEnding): number {
  return a.scanId + a.kind < b.scanId + b.kind ? -1 : 1;
}

/** As many are reported as there are entries too many, counted here without any of the core's order or memory. */
function checkCount(
  world: World,
  policy: EntryPolicy,
  log: readonly LoggedFact[],
  doubles: readonly DoubleEntry[],
): void {
  const entries = attemptsAt(world, log, 'admitted');
  const reported = (refusal: string) =>
    doubles.filter((double) => double.refusal === refusal).length;
  if (policy.kind === 'once') {
    expectCount(reported('already_used'), Math.max(0, entries - 1));
  } else if (policy.kind === 'n_times') {
    expectCount(reported('too_many_entries'), Math.max(0, entries - policy.n));
  } else if (policy.kind === 'reentry' && world.areClocksRight && isPlain(world, log)) {
    expectCount(doubles.length, entriesWhileInside(log));
  } else if (isOfOneDay(log)) {
    const exits = policy.kind === 'reentry' ? attemptsAt(world, log, 'exited') : 0;
    if (entries - exits > 1 && doubles.length === 0) expectCount(0, entries - exits - 1);
  }
}

function expectCount(reported: number, ought: number): void {
  if (reported !== ought) throw new Fault('Y-60', `${reported} doubles are reported of ${ought}`);
}

/** People who came in, or went out, at the gate: an attempt that was sent twice is one. */
function attemptsAt(world: World, log: readonly LoggedFact[], verdict: string): number {
  const green = log.filter((scan) => scan.verdict === verdict && scan.checkpointId === gate);
  return new Set(green.map(({ scanId }) => world.truth.attemptOf(scanId))).size;
}

/** Of one day, no two at the same time, and no attempt that came twice: the times alone tell what happened. */
function isPlain(world: World, log: readonly LoggedFact[]): boolean {
  const times = new Set(log.map(({ at }) => at));
  const attempts = new Set(log.map(({ scanId }) => world.truth.attemptOf(scanId)));
  return isOfOneDay(log) && times.size === log.length && attempts.size === log.length;
}

function entriesWhileInside(log: readonly LoggedFact[]): number {
  let inArea = 0;
  let count = 0;
  const greens = log.filter(({ verdict }) => verdict === 'admitted' || verdict === 'exited');
  for (const { verdict, checkpointId } of greens.sort((a, b) => a.at - b.at)) {
    // From outside through the gate into the hall, from the hall through the door onto the stage: 0, 1, 2.
    const behind = checkpointId === gate ? 1 : 2;
    const isThere = checkpointId === gate ? inArea > 0 : inArea === behind;
    if (verdict === 'admitted' && isThere) count += 1;
    inArea = verdict === 'admitted' ? behind : behind - 1;
  }
  return count;
}

function isOfOneDay(log: readonly LoggedFact[]): boolean {
  const { days } = rulesIn(0);
  return new Set(log.map(({ at }) => countingDayNo(days, at))).size === 1;
}

/** While one site judges after the other, by consent, and devices are not alone, nobody comes in twice. */
function checkReason(store: Store, log: readonly LoggedFact[], double: DoubleEntry): void {
  const rows = log.filter(({ scanId }) => isOneOf(double, scanId));
  if (log.some(({ alone }) => alone === true)) return;
  const epochs = rows.flatMap(({ crossing }) => (crossing ? [epochOf(crossing.crossingNo)] : []));
  const [first, last] = [Math.min(...epochs), Math.max(...epochs)];
  const takenOver = [...store.journals.values()]
    .flatMap(({ sales }) => sales)
    .some(
      ({ body }) =>
        body.kind === 'authority' &&
        body.authority.awaits === null &&
        body.authority.epoch > first &&
        body.authority.epoch <= last,
    );
  if (!takenOver) throw new Fault('Y-21', `${double.refusal} across a handover`);
}

function isOneOf({ scanId, earlierScanId }: DoubleEntry, id: ScanId): boolean {
  return id === scanId || id === earlierScanId;
}

/** What is reported of a pass that was ended is each entry that its end did not know of. */
function checkReports(
  world: World,
  store: Store,
  passId: PassId,
  log: readonly LoggedFact[],
): void {
  const endings = [...store.journals.values()]
    .flatMap(({ sales }) => sales)
    .filter(({ body }) => body.kind === 'ended' && body.passId === passId);
  const ought = endings.flatMap(({ id, site }) =>
    log.filter(
      (scan) =>
        scan.verdict === 'admitted' &&
        (scan.site !== site || scan.alone === true) &&
        !world.truth.wasKnownAtEnding(id, scan),
    ),
  );
  const expected = new Set(ought.map(({ scanId }) => scanId));
  const reported = new Set(reportsOf(world, store, passId).map(({ scanId }) => scanId));
  if (expected.size !== reported.size || expected.difference(reported).size > 0) {
    throw new Fault(
      'Y-54',
      `${reported.size} entries after an end are reported of ${expected.size}`,
    );
  }
}
