import { z } from 'zod';

/** A wall that knows nothing yet asks for a `snapshot`. */
export const liveStartSchema = z.object({ type: z.literal('start') });
export type LiveStartMessage = z.infer<typeof liveStartSchema>;
