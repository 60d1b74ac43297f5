import { previewEventRefund, refundEvent as refund } from '@catraca/db';
import { actorOf } from '../actor.ts';
import { refuse } from '../errors.ts';
import { ownEvent, ownEventInput } from '../own-event.ts';
import { memberProcedure } from '../trpc.ts';

/** What giving back the money of all orders would be: how many, and how much. */
export const previewRefund = memberProcedure.input(ownEventInput).query(async ({ ctx, input }) => {
  const event = await ownEvent(ctx, input);
  return { ...(await previewEventRefund(ctx.db, event.id)), currency: event.currency };
});

/** Gives back the money of every paid order of a closed event: a job. */
export const refundEvent = memberProcedure.input(ownEventInput).mutation(async ({ ctx, input }) => {
  const event = await ownEvent(ctx, input);
  const started = await refund(ctx.db, event.id, actorOf(ctx), ctx.now);
  if (started.ok) return { jobId: String(started.jobId) };
  switch (started.code) {
    case 'unknown_event':
      return refuse('not_found');
    case 'not_closed':
      return refuse('event_not_closed');
    case 'nothing':
      return refuse('nothing_to_refund');
    case 'job_running':
      return refuse('job_running');
  }
});
