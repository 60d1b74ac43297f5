import { and, asc, eq, inArray } from 'drizzle-orm';
import type { Db, Tx } from '../../client.ts';
import { jobs } from '../../schema/index.ts';
import { transact } from '../transact.ts';
import type { JobKind, JobRow } from './start-job.ts';

/** Problems that are kept beside a job's progress: enough to see what is wrong, and a page can show them. */
export const jobProblemsMax = 100;

export interface JobProblem {
  /** Of what could not be done: a row's id, or a line's number. */
  id: string;
  code: string;
}

/** What a step did. `cursor` moves on with it, in the same transaction. */
export interface JobStepOutcome {
  /** How far it is: the next step begins after this. */
  cursor: bigint;
  done: number;
  /** Each of them is counted as failed. */
  problems: readonly JobProblem[];
  /** Nothing is left to do. */
  isLast: boolean;
}

/**
 * A bounded piece of a job, of a second or less: it works on what comes after `job.cursor` and says how far it came. All it writes it
 * writes in `tx`. It may run again from the same cursor when its transaction was lost, so it has no other effects.
 */
export type JobStep = (tx: Tx, job: JobRow, now: Date) => Promise<JobStepOutcome>;

/** The work of each kind of job that this process knows. */
export type JobSteps = Partial<Record<JobKind, JobStep>>;

/** Jobs that have something to do, the oldest first. */
export async function listDueJobs(db: Db, kinds: readonly JobKind[]): Promise<bigint[]> {
  const rows = await db
    .select({ id: jobs.id })
    .from(jobs)
    .where(and(inArray(jobs.state, ['queued', 'running']), inArray(jobs.kind, [...kinds])))
    .orderBy(asc(jobs.id));
  return rows.map(({ id }) => id);
}

/**
 * Takes one step of a job, in one transaction with its progress: a worker that dies in it has done nothing, and the next one takes
 * it again. `over`: it is done, was stopped, or another worker has it at hand.
 */
export async function stepJob(
  db: Db,
  jobId: bigint,
  steps: JobSteps,
  now: Date,
): Promise<'more' | 'over'> {
  return transact<'more' | 'over'>(db, async (tx) => {
    const [job] = await tx
      .select()
      .from(jobs)
      .where(and(eq(jobs.id, jobId), inArray(jobs.state, ['queued', 'running'])))
      .for('no key update', { skipLocked: true });
    const step = job && steps[job.kind];
    if (!step) return 'over';
    const { cursor, done, problems, isLast } = await step(tx, job, now);
    const [doneNow, failedNow] = [job.done + done, job.failed + problems.length];
    await tx
      .update(jobs)
      .set({
        cursor,
        done: doneNow,
        failed: failedNow,
        // More may have come since it was asked for.
        total: isLast ? doneNow + failedNow : Math.max(job.total, doneNow + failedNow),
        problems: [...job.problems, ...problems].slice(0, jobProblemsMax),
        state: isLast ? 'done' : 'running',
        ...(isLast && { finishedAt: now, payload: null }),
      })
      .where(eq(jobs.id, jobId));
    return isLast ? 'over' : 'more';
  });
}
