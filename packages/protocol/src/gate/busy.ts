import { z } from 'zod';
import { scanIdField } from '../fields.ts';

/** The server has more than it can judge in time: this scan was not judged and not stored. Send it again, with its id. */
export const busySchema = z.object({ type: z.literal('busy'), scanId: scanIdField });
export type BusyMessage = z.infer<typeof busySchema>;
