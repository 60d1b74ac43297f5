import { z } from 'zod';
import { instantField } from '../fields.ts';

/** Answers a `ping`: its own time back, and the server's. */
export const pongSchema = z.object({
  type: z.literal('pong'),
  at: instantField,
  serverTime: instantField,
});
export type PongMessage = z.infer<typeof pongSchema>;
