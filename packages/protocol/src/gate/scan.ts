import { z } from 'zod';
import { directionField, idField, instantField, scanIdField, verdictField } from '../fields.ts';
import { codeLengthMax } from '../limits.ts';

/** One scan, as `POST /v1/scans` takes it, alone or in an array. */
export const scanRequestSchema = z.object({
  scanId: scanIdField,
  /** What was read or typed. PostgreSQL's text has no NUL, and no code of ours has one. */
  code: z
    .string()
    .min(1)
    .max(codeLengthMax)
    .regex(/^[^\0]*$/),
  checkpointId: idField,
  direction: directionField,
  /** The device's own clock. */
  scannedAt: instantField,
  /** What the device decided when nobody answered it, and when by its corrected clock. Absent where the server is to decide. */
  alone: z.object({ verdict: verdictField, at: instantField }).optional(),
});
export type ScanRequest = z.infer<typeof scanRequestSchema>;

/** The same as a frame of the socket. Answered by `verdict`, `busy` or `refused` with its `scanId`. */
export const scanSchema = scanRequestSchema.extend({ type: z.literal('scan') });
export type ScanMessage = z.infer<typeof scanSchema>;

/** A code short enough to be sent: a stranger's long QR code is cut, stays a stranger's, and its attempt is kept. */
export function clampCode(text: string): string {
  return text.trim().replaceAll('\0', '').slice(0, codeLengthMax);
}
