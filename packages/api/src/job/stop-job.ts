import { resumeJob as resume, stopJob as stop, transact, writeAudit } from '@catraca/db';
import { actorOf } from '../actor.ts';
import { memberProcedure } from '../trpc.ts';
import { ownJob, ownJobInput } from './own-job.ts';

/** Ends a job after the step under way; one that is over stays as it is. */
export const stopJob = memberProcedure.input(ownJobInput).mutation(async ({ ctx, input }) => {
  const job = await ownJob(ctx, input);
  await transact(ctx.db, async (tx) => {
    if (await stop(tx, job.id, ctx.now)) {
      await writeAudit(tx, actorOf(ctx), { action: 'job.stop', ...subjectOf(job) });
    }
  });
});

/** Lets a stopped or failed job go on where it was; any other stays as it is. */
export const resumeJob = memberProcedure.input(ownJobInput).mutation(async ({ ctx, input }) => {
  const job = await ownJob(ctx, input);
  await transact(ctx.db, async (tx) => {
    if (await resume(tx, job.id)) {
      await writeAudit(tx, actorOf(ctx), { action: 'job.resume', ...subjectOf(job) });
    }
  });
});

function subjectOf({ id, eventId, kind }: Awaited<ReturnType<typeof ownJob>>) {
  return { eventId, subjectKind: 'job', subjectId: id, after: { kind } };
}
