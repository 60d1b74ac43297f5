import { and, eq, inArray, sql } from 'drizzle-orm';
import type { Tx } from '../../client.ts';
import { jobs } from '../../schema/index.ts';

export type JobRow = typeof jobs.$inferSelect;
export type JobKind = JobRow['kind'];

/** Kinds of which an event has one at a time: two of them would do the same work. */
const alone: readonly JobKind[] = ['refund_event', 'ask_holders', 'remind_holders', 'erase_event'];

export interface JobRequest {
  eventId: bigint;
  kind: JobKind;
  /** How much there is to do, as far as is known now. */
  total: number;
  /** What the kind needs to know; no personal data. */
  input?: Record<string, unknown>;
  /** What the kind works on where that is of people; sealed, and gone when the job is over. */
  payload?: unknown;
  /** Null for a command at the console. */
  userId: string | null;
}

export type StartJobResult =
  | { ok: true; jobId: bigint }
  /** One of its kind is under way for this event, and another would do the same. */
  | { ok: false; code: 'job_running'; jobId: bigint };

/** Asks for long work, in the transaction of its reason. The worker begins within a second of the commit. */
export async function startJob(tx: Tx, request: JobRequest, now: Date): Promise<StartJobResult> {
  const { eventId, kind } = request;
  if (alone.includes(kind)) {
    // Two who ask at the same moment follow one another.
    await tx.execute(
      sql`select pg_advisory_xact_lock(hashtextextended(${`job:${kind}`}, ${eventId}))`,
    );
    const [running] = await tx
      .select({ id: jobs.id })
      .from(jobs)
      .where(
        and(
          eq(jobs.eventId, eventId),
          eq(jobs.kind, kind),
          inArray(jobs.state, ['queued', 'running']),
        ),
      );
    if (running) return { ok: false, code: 'job_running', jobId: running.id };
  }
  const [started] = await tx
    .insert(jobs)
    .values({ ...request, createdAt: now })
    .returning({ id: jobs.id });
  if (!started) throw new Error('a job was not written');
  return { ok: true, jobId: started.id };
}
