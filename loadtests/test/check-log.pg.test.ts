import { initSite } from '@catraca/db';
import { makeAreas, makeEvent } from '@catraca/db/seed';
import { testDatabase } from '@catraca/db/testing';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { auditLog, checkLog } from '../src/database/check-log.ts';
import { openSql } from '../src/database/open-sql.ts';
import { scanIdOf } from '../src/generator/scan-ids.ts';
import { type Outcome, outcomeCode } from '../src/passes/outcome.ts';

const { db, url } = await testDatabase();
const sql = openSql(url);
afterAll(() => sql.end({ timeout: 1 }));

const runAt = Date.UTC(2027, 4, 1);
await initSite(db, { number: 1, name: 'test', kind: 'cloud' });
const event = await makeEvent(db, {}, new Date());
const [hall = 0n] = await makeAreas(db, event.id, [{ no: 1, name: 'hall' }]);

beforeEach(async () => {
  await sql`set session_replication_role = replica`;
  await sql`truncate scans`;
  await sql`set session_replication_role = origin`;
  await sql`update area_counters set people = 0`;
});

/** A row of the log; with a crossing when it is an admission. */
async function log(index: number, verdict: Outcome, pass: number, crossingNo = 1): Promise<void> {
  const isIn = verdict === 'admitted';
  await sql`
    insert into scans (at, scanned_at, site, scan_id, event_id, device_id, checkpoint_id, direction, verdict,
      pass_id, seen_no, crossing_no, from_area, to_area, entries, day, day_entries)
    values (now(), now(), 1, ${scanIdOf(runAt, index)}, ${event.id}, 1, 1, 'entry', ${verdict}, ${pass}, 0,
      ${isIn ? crossingNo : null}, ${isIn ? event.outsideAreaId : null}, ${isIn ? hall : null},
      ${isIn ? 1 : null}, ${isIn ? 1 : null}, ${isIn ? 1 : null})`;
}

function answersOf(...outcomes: Outcome[]): Uint8Array {
  return Uint8Array.from(outcomes, (outcome) => outcomeCode(outcome) ?? 0);
}

test('a log that holds what was answered is sound', async () => {
  await log(0, 'admitted', 1);
  await log(1, 'already_used', 1);
  await sql`update area_counters set people = 1`;
  const check = await checkLog(sql, runAt, answersOf('admitted', 'already_used', 'unanswered'));
  expect(check).toEqual({ rows: 2, different: 0, doubleAdmissions: 0, scansPerCommit: 1 });
  expect(await auditLog(sql)).toEqual({ doubleAdmissions: 0, wrongCounters: 0 });
});

test('an answer that is not in the log is told, and one that is there with another verdict', async () => {
  await log(0, 'admitted', 1);
  await log(1, 'revoked', 2);
  const check = await checkLog(sql, runAt, answersOf('admitted', 'blocked', 'admitted'));
  expect(check).toMatchObject({ rows: 2, different: 2 });
});

test('a row that nobody was answered is told', async () => {
  await log(0, 'admitted', 1);
  const check = await checkLog(sql, runAt, answersOf('unanswered'));
  expect(check).toMatchObject({ rows: 1, different: 1 });
});

test('a second admission is told, and so is a counter that forgot it', async () => {
  await log(0, 'admitted', 1);
  await log(1, 'admitted', 1, 2);
  await sql`update area_counters set people = 1`;
  const check = await checkLog(sql, runAt, answersOf('admitted', 'admitted'));
  expect(check).toMatchObject({ different: 0, doubleAdmissions: 1 });
  expect(await auditLog(sql)).toEqual({ doubleAdmissions: 1, wrongCounters: 1 });
});
