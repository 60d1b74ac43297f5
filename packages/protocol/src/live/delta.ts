import { z } from 'zod';
import { instantField } from '../fields.ts';
import { liveFeedMax } from '../limits.ts';
import { seqField } from './cursor.ts';
import {
  liveAreaSchema,
  liveCheckpointSchema,
  liveConflictsSchema,
  liveDeviceSchema,
  liveScanSchema,
  liveTotalsSchema,
} from './parts.ts';

/**
 * What changed since frame `seq - 1`. Each part is whole and replaces the one of the same id, so a delta applied twice does no harm.
 * Nothing is ever removed by a delta: what disappears comes with a new snapshot.
 */
export const liveDeltaSchema = z.object({
  type: z.literal('delta'),
  seq: seqField,
  at: instantField,
  areas: z.array(liveAreaSchema).optional(),
  checkpoints: z.array(liveCheckpointSchema).optional(),
  devices: z.array(liveDeviceSchema).optional(),
  totals: liveTotalsSchema.optional(),
  conflicts: liveConflictsSchema.optional(),
  /**
   * Scans since then, newest first. Examples: of more than `liveFeedPerSecond` the refused, then the newest. No more than
   * `liveFeedMax` in any frame.
   */
  feed: z.array(liveScanSchema).max(liveFeedMax).optional(),
});
export type LiveDeltaMessage = z.infer<typeof liveDeltaSchema>;
