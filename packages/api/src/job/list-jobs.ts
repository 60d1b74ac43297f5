import { listJobs as list } from '@catraca/db';
import { z } from 'zod';
import { ownEvent, ownEventInput } from '../own-event.ts';
import { memberProcedure } from '../trpc.ts';
import { jobKindsOf } from './job-roles.ts';
import { jobView } from './own-job.ts';

const jobKinds = [
  'refund_event',
  'import_passes',
  'remind_holders',
  'ask_holders',
  'print_badges',
  'erase_event',
] as const;

/** The event's latest jobs of these kinds that are the role's business, newest first. */
export const listJobs = memberProcedure
  .input(ownEventInput.extend({ kinds: z.array(z.enum(jobKinds)).max(jobKinds.length) }))
  .query(async ({ ctx, input }) => {
    const event = await ownEvent(ctx, input);
    const allowed = jobKindsOf(ctx.member.role);
    const kinds = input.kinds.filter((kind) => allowed.includes(kind));
    return (await list(ctx.db, event.id, kinds)).map(jobView);
  });
