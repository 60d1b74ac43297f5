import { z } from 'zod';
import { scanIdField } from '../fields.ts';

/**
 * Why a frame was not a scan. `malformed`: not a message of this protocol. `too_large`: over a limit of `limits.ts`, bytes or scans.
 * `unknown_checkpoint`: none of the device's event. `judged_elsewhere`: another site judges the event now; `message` names it.
 * `wrong_time`: decided alone at a time that is to come, or before the event. `unauthorized`: the token is unknown, expired or revoked (HTTP only; a socket is closed).
 */
export const refusedCodes = [
  'malformed',
  'too_large',
  'unknown_checkpoint',
  'judged_elsewhere',
  'wrong_time',
  'unauthorized',
] as const;
export type RefusedCode = (typeof refusedCodes)[number];

/** A frame or an item that was not taken: nothing was judged or stored, and sending the same again will not help. */
export const refusedSchema = z.object({
  type: z.literal('refused'),
  /** Absent when it could not be read. */
  scanId: scanIdField.optional(),
  code: z.enum(refusedCodes),
  /** For the developer of a reader; repeats nothing of what was sent. */
  message: z.string().max(200),
});
export type RefusedMessage = z.infer<typeof refusedSchema>;
