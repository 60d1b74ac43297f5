import {
  decideScan,
  isAdmission,
  livingFromNo,
  mergeAlone,
  moveBetween,
  laterCrossing,
  type CodeFinding,
  type Crossing,
  type PassFacts,
  type PassId,
  type ScanFacts,
  type ScanId,
  type Verdict,
} from '../../src/index.ts';
import type { QueuedScan, ScanBody } from './facts.ts';
import { allTypes, anyDevice, eventId, outside, rulesIn } from './scene.ts';
import { scansNoOf, type Store } from './store.ts';
import { writeScan } from './transact.ts';
import type { World } from './world.ts';

/** A code that is held to a reader. */
export interface Attempt {
  readonly scanId: ScanId;
  readonly passId: PassId;
  readonly mediumNo: number;
  readonly checkpointId: ScanFacts['checkpointId'];
  readonly direction: ScanFacts['direction'];
}

export function judges(world: World, store: Store): boolean {
  return world.core.mayJudge(store.authority, store.site.no, scansNoOf(store));
}

export function passFacts(store: Store, passId: PassId): PassFacts | null {
  const row = store.passes.get(passId);
  const typeId = row?.typeNo === null ? undefined : allTypes[row?.typeNo ?? -1]?.id;
  if (row === undefined || typeId === undefined) return null;
  const last = store.heads.get(passId) ?? null;
  return { eventId, typeId, status: row.status, needsAttention: false, last };
}

export function findingOf(store: Store, attempt: Attempt): CodeFinding {
  const row = store.passes.get(attempt.passId);
  if (row === undefined || row.typeNo === null) return 'unknown_code';
  const from = livingFromNo(row.mediumNo, row.status) ?? 0;
  return attempt.mediumNo >= from ? 'known' : 'dead_medium';
}

/** One scan at a site that judges, in the transaction that stores it. */
export function judge(world: World, store: Store, attempt: Attempt, at: number): Verdict {
  const before = store.verdicts.get(attempt.scanId);
  if (before !== undefined && world.core.keepsVerdicts) return before;
  const { scanId, passId, checkpointId, direction } = attempt;
  const scan = { checkpointId, direction, at };
  const decision = decideScan(
    rulesIn(world.core.epochOfCrossings(store.authority.epoch)),
    passFacts(store, passId),
    findingOf(store, attempt),
    scan,
    anyDevice,
    store.occupancy,
  );
  const { verdict, seenNo, crossing } = decision;
  record(world, store, {
    ...scan,
    scanId,
    passId,
    verdict,
    seenNo,
    crossing,
    instead: null,
    mergeVerdict: null,
    mergeStatus: null,
  });
  return verdict;
}

/** A scan that a device decided alone comes to a site that judges. */
export function takeAlone(world: World, store: Store, scan: QueuedScan): void {
  if (store.verdicts.has(scan.scanId) && world.core.keepsVerdicts) return;
  const { mediumNo: _, ...facts } = scan;
  const before = scan.instead === null ? null : (store.verdicts.get(scan.instead) ?? null);
  const merged = mergeAlone(
    rulesIn(world.core.epochOfCrossings(store.authority.epoch)),
    passFacts(store, scan.passId),
    findingOf(store, scan),
    scan,
    anyDevice,
    before,
  );
  record(world, store, { ...facts, ...merged, alone: true });
}

function record(world: World, store: Store, body: ScanBody): void {
  const { no } = writeScan(world, store, body);
  if (body.crossing !== null) moveBetween(store.occupancy, body.crossing, outside);
  log(store, store.site.no, no, body);
}

/** A scan of another site: the pass is then where its highest crossing says. */
export function applyScan(
  world: World,
  store: Store,
  author: number,
  no: number,
  body: ScanBody,
): void {
  if (store.verdicts.has(body.scanId) && !world.core.keepsBothRecords) return;
  const before = store.heads.get(body.passId) ?? null;
  log(store, author, no, body);
  const after = store.heads.get(body.passId) ?? null;
  if (after === before) return;
  const move = world.core.moveOnMerge(before, after, outside);
  if (move !== null) moveBetween(store.occupancy, move, outside);
}

function log(store: Store, author: number, no: number, body: ScanBody): void {
  const rows = store.logs.get(body.passId) ?? [];
  rows.push({ ...body, site: author, no });
  store.logs.set(body.passId, rows);
  if (!store.verdicts.has(body.scanId)) store.verdicts.set(body.scanId, body.verdict);
  const crossing = crossingOf(body);
  const head = laterCrossing(store.heads.get(body.passId) ?? null, crossing);
  if (head !== null) store.heads.set(body.passId, head);
}

function crossingOf({ crossing, verdict, at }: ScanBody): Crossing | null {
  if (crossing === null || !isAdmission(verdict)) return null;
  const { crossingNo, toArea, entries, day, dayEntries } = crossing;
  return { crossingNo, at, toArea, verdict, entries, day, dayEntries };
}
