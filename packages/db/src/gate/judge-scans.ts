import type { Area, AreaId, ConflictKind, EventId, PassId, ScanId } from '@catraca/domain';
import { isClaim, passesOfClaims } from './decide-alone.ts';
import { decideBatch, type DecidedBatch } from './decide-batch.ts';
import { isHistoryMissing } from './decide-group.ts';
import type { GateDb } from './open-gate-db.ts';
import { readDetails } from './read-details.ts';
import { readHeard } from './read-heard.ts';
import { readMoment } from './read-moment.ts';
import { mediumKey, readPasses } from './read-passes.ts';
import { readPasts } from './read-pasts.ts';
import { readStoredScans } from './stored-scans.ts';
import { conflictOf, tellUnheard } from './tell-unheard.ts';
import type { GateScan, Judgement, NewScan, PassDetails, StoredScan } from './types.ts';
import { writeScans, type WriteOutcome } from './write-scans.ts';

/** After so many lost races the scans of a batch are judged pass by pass: who races for one must not hold up the others. */
const roundsTogetherMax = 6;

/** A pass that loses so often stands in no real queue: the scans stay unanswered, and may be sent again. */
const roundsMax = 100;

/** Scans that became durable in one transaction. */
export interface WrittenBatch {
  readonly xid: bigint;
  readonly scans: readonly NewScan[];
}

export interface Judged {
  /** One for each scan id that was brought. */
  readonly judgements: ReadonlyMap<ScanId, Judgement>;
  readonly written: readonly WrittenBatch[];
  readonly spent: Readonly<Spent>;
}

/** Where the time (ms) of a batch went, all its rounds together, and how many rounds it took: one, unless races were lost. */
export interface Spent {
  readMs: number;
  decideMs: number;
  /** Until the commit; until it failed, where it did. */
  writeMs: number;
  rounds: number;
}

/** Thrown when other processes kept winning: nothing is stored of the scans that have no judgement. */
export class GateContentionError extends Error {
  override readonly name = 'GateContentionError';
}

/**
 * Judges scans and stores each as a fact: the one door to crossings, area counters and the log of scans. `db` is used by nobody else
 * meanwhile. A scan id that is stored already keeps its verdict.
 *
 * Why once means once, however many processes do this at the same time:
 *  1. A decision is made on the pass's last crossing, number k, read in this call; an admission writes number k + 1.
 *  2. (pass, number) is unique: of all that saw k, one commits k + 1. The others fail, whole batches at a time, and start over from 1.
 *  3. The area counters change in the same statement, under their row locks: a sum over the capacity fails it too.
 *  4. A scan id is unique as well at a site: a scan sent twice at the same time is stored once, and the loser reads what the winner
 *     stored. What another site has told of it is looked for in the same statement.
 *  5. How far the other site's scans of an event had been taken when its passes were read is compared as they are written: what was
 *     taken meanwhile may have been a crossing of theirs.
 *  6. Rows are written in the order of passes, counters in the order of areas, after the rows: two batches wait for each other in
 *     one direction. Where scan ids sent twice cross that order, PostgreSQL ends one, and it starts over.
 *
 * @throws what the database throws, with nothing known of the scans' fate; asking again with the same ids is safe.
 */
export async function judgeScans(
  db: GateDb,
  site: number,
  scans: readonly GateScan[],
): Promise<Judged> {
  const spent = { readMs: 0, decideMs: 0, writeMs: 0, rounds: 0 };
  const judging: Judging = { db, site, judgements: new Map(), written: [], spent };
  const distinct = new Map(scans.map((scan) => [scan.scanId, scan]));
  await judgeTogether(judging, [...distinct.values()]);
  return judging;
}

interface Judging extends Judged {
  readonly db: GateDb;
  readonly site: number;
  readonly judgements: Map<ScanId, Judgement>;
  readonly written: WrittenBatch[];
  readonly spent: Spent;
}

async function judgeTogether(judging: Judging, scans: readonly GateScan[]): Promise<void> {
  let open = scans;
  for (let round = 1; ; round++) {
    const epochs = new Map(open.map(({ rules }) => [rules.eventId, rules.epoch]));
    const batch = await decideNow(judging, open, epochs);
    for (const { scanId } of batch.unverified)
      judging.judgements.set(scanId, { kind: 'unverified' });
    if (batch.scans.length === 0) return;

    const outcome = await writeAndDescribe(judging, batch, epochs);
    if (outcome === 'written') return;
    if (outcome === 'scan_known') await answerStored(judging, batch.scans, open);
    open = open.filter(({ scanId }) => !judging.judgements.has(scanId));

    const parts = round >= roundsTogetherMax ? byPass(open, batch.scans) : [];
    if (parts.length > 1) {
      for (const part of parts) await judgeTogether(judging, part);
      return;
    }
    if (round >= roundsMax) throw new GateContentionError(`lost ${round} races in a row`);
  }
}

/** A batch, and what was known of the other site before it was decided. */
interface DecidedNow extends DecidedBatch {
  readonly heard: ReadonlyMap<EventId, bigint>;
}

/** Reads in one round trip: passes, then the clock and the counters. What devices decided alone takes another. */
async function decideNow(
  { db, spent }: Judging,
  scans: readonly GateScan[],
  epochs: ReadonlyMap<EventId, number>,
): Promise<DecidedNow> {
  const startedAt = performance.now();
  const [heard, passes, { at, people }] = await Promise.all([
    readHeard(db, epochs),
    readPasses(
      db,
      scans.map(({ code }) => code),
    ),
    readMoment(db, limitedAreas(scans)),
  ]);
  const claimed = passesOfClaims(scans, ({ code }) => passes.get(mediumKey(code) ?? ''));
  const pasts = await readPasts(db, claimed);
  const readAt = performance.now();
  const batch = decideBatch(scans, { at, passes, people, pasts });
  spent.rounds += 1;
  spent.readMs += readAt - startedAt;
  spent.decideMs += performance.now() - readAt;
  return { ...batch, heard };
}

/** The areas whose number of people can matter to these scans. */
function limitedAreas(scans: readonly GateScan[]): Set<AreaId> {
  const areas = new Set<AreaId>();
  for (const { rules, checkpointId, direction } of scans) {
    const area = direction === 'entry' ? rules.checkpoints.get(checkpointId)?.toArea : undefined;
    if (area !== undefined && isLimited(rules.areas.get(area))) areas.add(area);
  }
  return areas;
}

function isLimited(area: Area | undefined): boolean {
  return area !== undefined && area.capacity !== null;
}

/** Writes, and reads in the same round trip when and where passes were used, for the refusals that speak of it. */
async function writeAndDescribe(
  judging: Judging,
  { scans, changes, heard }: DecidedNow,
  epochs: ReadonlyMap<EventId, number>,
): Promise<WriteOutcome['kind']> {
  const { db, site, spent } = judging;
  const startedAt = performance.now();
  const [outcome, details] = await Promise.all([
    writeScans(
      db,
      { site, epochs, heard },
      scans,
      changes,
      scans.flatMap(({ conflicts }) => conflicts),
    ),
    readDetails(db, scans.filter(isHistoryMissing)),
  ]);
  spent.writeMs += performance.now() - startedAt;
  if (outcome.kind === 'written') {
    judging.written.push({ xid: outcome.xid, scans });
    for (const scan of scans) {
      const conflict = conflictOf(scan.scanId, scan.conflicts);
      setJudged(judging, scan, details.get(scan.scanId) ?? scan.pass, conflict, true);
    }
  }
  return outcome.kind;
}

function setJudged(
  { judgements }: Judging,
  scan: StoredScan,
  pass: PassDetails | null,
  conflict: ConflictKind | null,
  isNew: boolean,
): void {
  judgements.set(scan.scanId, { kind: 'judged', scan, pass, conflict, isNew });
}

/** Gives those of these scans that are stored already the answer they had. What a device decided meanwhile is held against it. */
async function answerStored(
  judging: Judging,
  scans: readonly NewScan[],
  brought: readonly GateScan[],
): Promise<void> {
  const { db, site } = judging;
  const stored = await readStoredScans(db, site, scans);
  const details = await readDetails(db, [...stored.values()]);
  const conflicts = await tellUnheard(db, brought.filter(isClaim), stored);
  for (const { scanId, eventId } of scans) {
    const known = stored.get(scanId);
    if (known === undefined) continue;
    const conflict = conflictOf(scanId, conflicts);
    if (known.eventId !== eventId) judging.judgements.set(scanId, { kind: 'foreign_scan_id' });
    else setJudged(judging, known, details.get(scanId) ?? null, conflict, false);
  }
}

/** What is open, a list for each pass and one for all that have none. */
function byPass(open: readonly GateScan[], decided: readonly NewScan[]): GateScan[][] {
  const passOf = new Map(decided.map(({ scanId, passId }) => [scanId, passId]));
  const parts = Map.groupBy(open, ({ scanId }): PassId | null => passOf.get(scanId) ?? null);
  return [...parts.values()];
}
