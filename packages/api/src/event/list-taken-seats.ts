import { z } from 'zod';
import { publicProcedure } from '../trpc.ts';
import { eventSlug, typeNo } from './limits.ts';

/** Seats that somebody else has: sold, or held and perhaps free again in minutes. All others can be chosen. */
export const takenSeats = publicProcedure
  .input(z.object({ slug: eventSlug, typeNo }))
  .query(async ({ ctx, input }) => {
    const taken = await ctx.board.takenSeats(input.slug, input.typeNo);
    const own = ctx.cart.holdPublicId;
    const held = taken.filter((seat) => seat.holdPublicId !== null && seat.holdPublicId !== own);
    const sold = taken.filter((seat) => seat.holdPublicId === null);
    return { held: held.map(({ id }) => String(id)), sold: sold.map(({ id }) => String(id)) };
  });
