import { type Db, failJob, type JobKind, type JobSteps, listDueJobs, stepJob } from '@catraca/db';
import { describeError, type Log } from '../log.ts';
import type { Work } from './job.ts';

/** A step that failed so often in a row is a bug or a row that cannot be worked on: the job ends, and says so. */
const failuresMax = 5;

/** Does the long work that organizers asked for: one step of each job in turn, so that a long one holds up no short one. */
export function runningJobs(db: Db, steps: JobSteps, log: Log): Work {
  const kinds = Object.keys(steps) as JobKind[];
  const failures = new Map<bigint, number>();
  const step = async (jobId: bigint, now: Date): Promise<boolean> => {
    try {
      const state = await stepJob(db, jobId, steps, now);
      failures.delete(jobId);
      if (state === 'over') log.info({ jobId: String(jobId) }, 'job over');
      return state === 'more';
    } catch (error) {
      const count = (failures.get(jobId) ?? 0) + 1;
      failures.set(jobId, count);
      log.warn({ jobId: String(jobId), count, error: describeError(error) }, 'job step failed');
      if (count < failuresMax) return false;
      failures.delete(jobId);
      await failJob(db, jobId, 'step_failed', now);
      return false;
    }
  };
  return {
    name: 'run_jobs',
    everyMs: 1_000,
    async run(now) {
      let more = false;
      for (const jobId of await listDueJobs(db, kinds)) more = (await step(jobId, now)) || more;
      return more ? 'more' : 'done';
    },
  };
}
