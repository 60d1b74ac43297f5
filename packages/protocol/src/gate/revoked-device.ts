import { z } from 'zod';

/** This device may no longer scan: it forgets its token. The socket is closed after it. */
export const revokedDeviceSchema = z.object({ type: z.literal('revoked_device') });
export type RevokedDeviceMessage = z.infer<typeof revokedDeviceSchema>;
