import { z } from 'zod';

/** This process is about to end: what it has taken it still answers; open a new socket, and send there from now on. */
export const drainingSchema = z.object({ type: z.literal('draining') });
export type DrainingMessage = z.infer<typeof drainingSchema>;
