import { z } from 'zod';
import { instantField } from '../fields.ts';

/** Asks for a `pong`: is the line alive, and how far is this clock from the server's. */
export const pingSchema = z.object({ type: z.literal('ping'), at: instantField });
export type PingMessage = z.infer<typeof pingSchema>;
