import { conflictKinds } from '@catraca/domain';
import { z } from 'zod';
import { instantField, nameField, scanIdField, verdictField } from '../fields.ts';

/** A crossing of the pass, for the person at the gate to check a story against. */
const useSchema = z.object({ at: instantField, checkpointName: nameField });

/** The answer to a scan, sent only after it is stored. Sent again it is the same, whatever happened since. */
export const verdictSchema = z.object({
  type: z.literal('verdict'),
  scanId: scanIdField,
  verdict: verdictField,
  /** When the server judged it. */
  at: instantField,
  /** Whose pass it is; absent when the code stands for none. */
  pass: z
    .object({
      typeName: nameField,
      /** CSS colour of the type. */
      typeColor: z.string().max(32),
      holderName: nameField.nullable(),
      /** Section, row and number, as one text. */
      seat: z.string().max(100).nullable(),
    })
    .optional(),
  /** The first entry of the pass; for refusals that speak of use. */
  first: useSchema.optional(),
  /** Its last crossing. */
  last: useSchema.optional(),
  /** The area this scan led to, or was refused for. */
  areaName: nameField.optional(),
  /** There when this answers what a device decided alone: that was taken, and the conflict it is part of. */
  alone: z.object({ conflict: z.enum(conflictKinds).nullable() }).optional(),
});
export type VerdictMessage = z.infer<typeof verdictSchema>;
