import { z } from 'zod';
import { eventSlug } from '../event/limits.ts';
import { publicProcedure } from '../trpc.ts';

/** The waiting room before an event's shop, the same for everybody; `room` is null where the shop is open to all. */
export const lookAtRoom = publicProcedure
  .input(z.object({ slug: eventSlug }))
  .query(async ({ ctx, input }) => {
    const known = await ctx.waitingRooms.get(input.slug);
    return { now: ctx.now.getTime(), room: known?.view ?? null };
  });
