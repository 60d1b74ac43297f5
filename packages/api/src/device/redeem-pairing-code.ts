import { redeemPairingCode as redeem } from '@catraca/db';
import { z } from 'zod';
import { refuse, type RefusalCode } from '../errors.ts';
import { publicProcedure } from '../trpc.ts';

/** Characters of what may be sent as a code: a scanned poster is longer, and is none. */
const codeLengthMax = 64;

const refusalOf = {
  unknown_code: 'pairing_code_unknown',
  code_expired: 'pairing_code_expired',
  code_used: 'pairing_code_used',
} as const satisfies Record<string, RefusalCode>;

/** Makes this browser a scanner by the code that someone shows it. The token is told once. */
export const redeemPairingCode = publicProcedure
  .input(z.object({ code: z.string().trim().min(1).max(codeLengthMax) }))
  .mutation(async ({ ctx, input }) => {
    const paired = await redeem(ctx.db, { code: input.code, kind: 'scanner' }, ctx.now);
    if (!paired.ok) refuse(refusalOf[paired.code]);
    return { token: paired.token, deviceId: paired.device.id, deviceName: paired.device.name };
  });
