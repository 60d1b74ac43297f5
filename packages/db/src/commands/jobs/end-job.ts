import { and, eq, inArray } from 'drizzle-orm';
import type { Db, Tx } from '../../client.ts';
import { jobs } from '../../schema/index.ts';
import type { JobRow } from './start-job.ts';
import { jobProblemsMax } from './step-job.ts';

/** Stops a job after the step under way; what was done stays done. False when it was over already. */
export async function stopJob(tx: Tx, jobId: bigint, now: Date): Promise<boolean> {
  const stopped = await tx
    .update(jobs)
    .set({ state: 'stopped', finishedAt: now })
    .where(and(eq(jobs.id, jobId), inArray(jobs.state, ['queued', 'running'])))
    .returning({ id: jobs.id });
  return stopped.length > 0;
}

/** Lets a job that was stopped, or had failed, go on where it was. False when there is nothing to go on with. */
export async function resumeJob(tx: Tx, jobId: bigint): Promise<boolean> {
  const resumed = await tx
    .update(jobs)
    .set({ state: 'queued', finishedAt: null })
    .where(and(eq(jobs.id, jobId), inArray(jobs.state, ['stopped', 'failed'])))
    .returning({ id: jobs.id });
  return resumed.length > 0;
}

/** Ends a job whose step fails again and again. */
export async function failJob(db: Db, jobId: bigint, code: string, now: Date): Promise<void> {
  await db.transaction(async (tx) => {
    const [job] = await tx.select().from(jobs).where(eq(jobs.id, jobId)).for('no key update');
    if (!job || !isUnderWay(job)) return;
    const problems = [{ id: String(job.cursor), code }, ...job.problems].slice(0, jobProblemsMax);
    await tx
      .update(jobs)
      .set({ state: 'failed', finishedAt: now, problems })
      .where(eq(jobs.id, jobId));
  });
}

function isUnderWay({ state }: JobRow): boolean {
  return state === 'queued' || state === 'running';
}
