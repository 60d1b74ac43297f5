import { z } from 'zod';
import { refuse } from '../errors.ts';
import { publicProcedure } from '../trpc.ts';
import { eventView } from './event-view.ts';
import { eventSlug } from './limits.ts';

/** An event's page; refused when it is not published. */
export const getEvent = publicProcedure
  .input(z.object({ slug: eventSlug }))
  .query(async ({ ctx, input }) =>
    eventView((await ctx.board.event(input.slug)) ?? refuse('not_found')),
  );
