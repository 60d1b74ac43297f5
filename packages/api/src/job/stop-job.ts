import { resumeJob as resume, stopJob as stop, transact } from '@catraca/db';
import { memberProcedure } from '../trpc.ts';
import { ownJob, ownJobInput } from './own-job.ts';

/** Ends a job after the step under way; one that is over stays as it is. */
export const stopJob = memberProcedure.input(ownJobInput).mutation(async ({ ctx, input }) => {
  const job = await ownJob(ctx, input);
  await transact(ctx.db, async (tx) => {
    await stop(tx, job.id, ctx.now);
  });
});

/** Lets a stopped or failed job go on where it was; any other stays as it is. */
export const resumeJob = memberProcedure.input(ownJobInput).mutation(async ({ ctx, input }) => {
  const job = await ownJob(ctx, input);
  await transact(ctx.db, async (tx) => {
    await resume(tx, job.id);
  });
});
