import { memberProcedure } from '../trpc.ts';
import { jobView, ownJob, ownJobInput } from './own-job.ts';

/** How far a job is. */
export const getJob = memberProcedure.input(ownJobInput).query(async ({ ctx, input }) => {
  const { eventId: _, ...job } = await ownJob(ctx, input);
  return jobView(job);
});
