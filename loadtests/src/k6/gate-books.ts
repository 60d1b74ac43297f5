import type { Db } from '@catraca/db';
import { loadVenue } from '@catraca/db/gate';
import { auditLog, readOccupancy } from '@catraca/db/gate/testing';
import type { EventId } from '@catraca/domain';
import assert from 'node:assert/strict';
import type { DoorsPlan } from './plan-doors.ts';
import { equal, type Finding } from './report.ts';

/** Compares the log with the plan, scan by scan, and with the rules, pass by pass. */
export async function checkGateBooks(
  db: Db,
  eventId: EventId,
  { byDevice, pairs }: Pick<DoorsPlan, 'byDevice' | 'pairs'>,
): Promise<Finding[]> {
  const log = await readLog(db);
  const planned = byDevice.flat();
  const lost = planned.filter(({ id }) => !log.has(id));
  const wrong = planned.filter(({ id, expected }) => {
    const verdict = log.get(id);
    return verdict !== undefined && !expected.some((one) => one === verdict);
  });
  const unequal = pairs.filter(
    (pair) => pair.filter((id) => log.get(id) === 'admitted').length !== 1,
  );
  return [
    equal('scans of the plan without a verdict', 0, lost.length),
    equal('scans in the log', planned.length, log.size),
    equal('verdicts that are not the expected ones', 0, wrong.length),
    equal('passes at two gates at once of which not exactly one was admitted', 0, unequal.length),
    ...(await checkRules(db, eventId)),
  ];
}

/** Scan ids are unique in the log, so a scan that was sent again is there once. */
async function readLog(db: Db): Promise<Map<string, string>> {
  const rows = await db.$client<{ id: string; verdict: string }[]>`
    select scan_id as id, verdict from scans`;
  return new Map(rows.map(({ id, verdict }) => [id, verdict]));
}

/** Replays the log of every pass by the rules of the domain, and counts the areas from it. */
export async function checkRules(db: Db, eventId: EventId): Promise<Finding[]> {
  const venue = await loadVenue(db, eventId);
  assert(venue, 'the event is there');
  const findings = await auditLog(db, venue);
  const { counted, replayed } = await readOccupancy(db, venue);
  const problems = findings.map(({ problem, scanId }) => `${problem} ${scanId}`);
  const people = (areas: ReadonlyMap<bigint, number>) => [...areas.values()];
  return [
    equal('double and other illegal admissions and refusals in the log', [], problems.slice(0, 5)),
    equal('people in the areas: the log, and its counters', people(replayed), people(counted)),
  ];
}

/** Scans as walls count them. */
export async function readTotals(db: Db) {
  const [row] = await db.$client<{ admitted: number; exited: number; refused: number }[]>`
    select (count(*) filter (where verdict = 'admitted'))::int as admitted,
      (count(*) filter (where verdict = 'exited'))::int as exited,
      (count(*) filter (where verdict not in ('admitted', 'exited')))::int as refused
    from scans`;
  return { admitted: row?.admitted ?? 0, exited: row?.exited ?? 0, refused: row?.refused ?? 0 };
}
