import type { Sql } from './open-sql.ts';
import { scanIdOf, scanIndexOf } from '../generator/scan-ids.ts';
import { outcomeAt } from '../passes/outcome.ts';

/** How the log of a run differs from its answers. */
export interface LogCheck {
  readonly rows: number;
  /** Answers with a verdict that are not in the log, or are there with another. */
  readonly different: number;
  /** Admissions of passes that were in already. */
  readonly doubleAdmissions: number;
  /** Scans in a transaction, the mean. */
  readonly scansPerCommit: number;
}

const rowsAtOnce = 20_000;

/** Reads every row of a run, and compares it with the answer its scanner got. */
export async function checkLog(sql: Sql, runAt: number, answers: Uint8Array): Promise<LogCheck> {
  const transactions = new Set<string>();
  const seen = new Uint8Array(answers.length);
  let [rows, equal, doubleAdmissions] = [0, 0, 0];
  const cursor = sql<{ id: string; verdict: string; crossingNo: number | null; xid: string }[]>`
    select scan_id as id, verdict, crossing_no as "crossingNo", xmin::text as xid from scans
    where scan_id between ${scanIdOf(runAt, 0)} and ${scanIdOf(runAt, answers.length)}`.cursor(
    rowsAtOnce,
  );
  for await (const some of cursor) {
    for (const { id, verdict, crossingNo, xid } of some) {
      const index = scanIndexOf(id);
      if (outcomeAt(answers, index) === verdict && seen[index] === 0) equal += 1;
      seen[index] = 1;
      if (crossingNo !== null && crossingNo > 1) doubleAdmissions += 1;
      transactions.add(xid);
    }
    rows += some.length;
  }
  const answered = answers.reduce((sum, _, index) => sum + (isVerdict(answers, index) ? 1 : 0), 0);
  const different = Math.max(rows, answered) - equal;
  return { rows, different, doubleAdmissions, scansPerCommit: rows / transactions.size };
}

function isVerdict(answers: Uint8Array, index: number): boolean {
  const outcome = outcomeAt(answers, index);
  return outcome !== 'unanswered' && outcome !== 'refused';
}

/** Of the whole log. All zero when it is sound. */
export interface LogAudit {
  /** Passes with two admissions, of which all are for one entry. */
  readonly doubleAdmissions: number;
  /** Areas whose counter is not the number of people that the log let in. */
  readonly wrongCounters: number;
}

export async function auditLog(sql: Sql): Promise<LogAudit> {
  const [doubles] = await sql<{ count: number }[]>`
    select count(*)::int as count
    from (select from scans where verdict = 'admitted' group by pass_id having count(*) > 1) d`;
  const [counters] = await sql<{ count: number }[]>`
    select count(*)::int as count
    from area_counters c
    where people <> (select count(*) from scans s where s.to_area = c.area_id and s.crossing_no is not null)`;
  return { doubleAdmissions: doubles?.count ?? 0, wrongCounters: counters?.count ?? 0 };
}

/** All scans of the log, as walls count them. */
export async function countTotals(sql: Sql) {
  const [row] = await sql<{ admitted: number; exited: number; refused: number }[]>`
    select (count(*) filter (where verdict = 'admitted'))::int as admitted,
      (count(*) filter (where verdict = 'exited'))::int as exited,
      (count(*) filter (where verdict not in ('admitted', 'exited')))::int as refused
    from scans`;
  return { admitted: row?.admitted ?? 0, exited: row?.exited ?? 0, refused: row?.refused ?? 0 };
}
