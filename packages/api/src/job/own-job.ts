import { findJob, type JobView } from '@catraca/db';
import type { z } from 'zod';
import type { ApiContext, Member } from '../context.ts';
import { refuse } from '../errors.ts';
import { ownEvent, ownEventInput } from '../own-event.ts';
import { rowIdInput } from '../row-id.ts';
import { jobKindsOf } from './job-roles.ts';

export const ownJobInput = ownEventInput.extend({ jobId: rowIdInput });

/** A job of the member's event; `not_found` when it is of another event, or not this role's business. */
export async function ownJob(
  ctx: ApiContext & { member: Member },
  input: z.infer<typeof ownJobInput>,
): Promise<JobView & { eventId: bigint }> {
  const event = await ownEvent(ctx, input);
  const job = await findJob(ctx.db, event.id, input.jobId);
  if (!job || !jobKindsOf(ctx.member.role).includes(job.kind)) refuse('not_found');
  return { ...job, eventId: event.id };
}

/** As a page shows it. */
export function jobView({ id, ...job }: JobView) {
  return { id: String(id), ...job };
}
