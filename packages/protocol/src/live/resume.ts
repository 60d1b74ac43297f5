import { z } from 'zod';
import { epochField, seqField } from './cursor.ts';

/** A wall names the last frame it has applied: it gets the deltas after it, or a `snapshot` when they are gone. */
export const liveResumeSchema = z.object({
  type: z.literal('resume'),
  epoch: epochField,
  seq: seqField,
});
export type LiveResumeMessage = z.infer<typeof liveResumeSchema>;
