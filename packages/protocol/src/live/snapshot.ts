import { z } from 'zod';
import { instantField } from '../fields.ts';
import { liveFeedMax } from '../limits.ts';
import { epochField, seqField } from './cursor.ts';
import {
  liveAreaSchema,
  liveCheckpointSchema,
  liveConflictsSchema,
  liveDeviceSchema,
  liveScanSchema,
  liveTotalsSchema,
} from './parts.ts';

/** Everything, as it was at frame `seq`: it replaces what the wall had. */
export const liveSnapshotSchema = z.object({
  type: z.literal('snapshot'),
  epoch: epochField,
  seq: seqField,
  at: instantField,
  areas: z.array(liveAreaSchema),
  checkpoints: z.array(liveCheckpointSchema),
  devices: z.array(liveDeviceSchema),
  totals: liveTotalsSchema,
  /** Absent from a server that tells of none yet. */
  conflicts: liveConflictsSchema.optional(),
  /** Newest first. */
  feed: z.array(liveScanSchema).max(liveFeedMax),
});
export type LiveSnapshotMessage = z.infer<typeof liveSnapshotSchema>;
