import { findDeviceByToken, findPassesByName } from '@catraca/db';
import { foldForSearch, searchLettersMin } from '@catraca/domain';
import { z } from 'zod';
import { refuse } from '../errors.ts';
import { publicProcedure } from '../trpc.ts';

/** Characters of a name that is searched. */
const nameLengthMax = 120;
const letters = /\p{L}/gu;

/**
 * Passes of the device's event by their holder's name, for a person who comes without a code. At least three letters,
 * so that a scanner cannot be used to leaf through the guests. A mutation, though it changes nothing: neither the
 * device's token nor a person's name belongs in an address, which proxies log.
 */
export const searchPasses = publicProcedure
  .input(
    z.object({
      deviceToken: z.string().min(1).max(200),
      name: z
        .string()
        .max(nameLengthMax)
        .transform(foldForSearch)
        .refine((name) => (name.match(letters)?.length ?? 0) >= searchLettersMin, 'too_short'),
    }),
  )
  .mutation(async ({ ctx, input }) => {
    const found = await findDeviceByToken(ctx.db, input.deviceToken, ctx.now);
    if (!found.ok) refuse('device_unknown');
    return findPassesByName(ctx.db, found.device.eventId, input.name);
  });
