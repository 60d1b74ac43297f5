import { and, desc, eq, inArray } from 'drizzle-orm';
import type { DbOrTx } from '../client.ts';
import type { JobKind } from '../commands/jobs/start-job.ts';
import { jobs, users } from '../schema/index.ts';

/** Jobs a page shows: the latest ones. */
const jobsListedMax = 20;

const columns = {
  id: jobs.id,
  kind: jobs.kind,
  state: jobs.state,
  total: jobs.total,
  done: jobs.done,
  failed: jobs.failed,
  problems: jobs.problems,
  createdAt: jobs.createdAt,
  finishedAt: jobs.finishedAt,
  /** Who asked for it; null at the console. */
  memberName: users.name,
};

/** The latest jobs of an event, of these kinds, newest first. Neither `input` nor `payload` is read. */
export async function listJobs(db: DbOrTx, eventId: bigint, kinds: readonly JobKind[]) {
  return db
    .select(columns)
    .from(jobs)
    .leftJoin(users, eq(users.id, jobs.userId))
    .where(and(eq(jobs.eventId, eventId), inArray(jobs.kind, [...kinds])))
    .orderBy(desc(jobs.id))
    .limit(jobsListedMax);
}

export async function findJob(db: DbOrTx, eventId: bigint, jobId: bigint) {
  const [job] = await db
    .select(columns)
    .from(jobs)
    .leftJoin(users, eq(users.id, jobs.userId))
    .where(and(eq(jobs.eventId, eventId), eq(jobs.id, jobId)));
  return job;
}

export type JobView = NonNullable<Awaited<ReturnType<typeof findJob>>>;
