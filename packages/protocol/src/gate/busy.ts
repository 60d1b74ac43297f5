import { z } from 'zod';
import { scanIdField } from '../fields.ts';

/**
 * The server has more than it can judge in time, or this device sends more than it may: there is no verdict yet. The same id may be
 * sent again, and should be, a moment later: where the scan was stored all the same, its verdict is the stored one.
 */
export const busySchema = z.object({ type: z.literal('busy'), scanId: scanIdField });
export type BusyMessage = z.infer<typeof busySchema>;
