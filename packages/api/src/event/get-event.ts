import { z } from 'zod';
import { refuse } from '../errors.ts';
import { publicProcedure } from '../trpc.ts';
import { eventSlug } from './limits.ts';
import { storeLook } from './store-look.ts';
import { isForAll, storeType } from './store-type.ts';

/** An event's page: what, when, where, and its ticket types with their prices; refused when it is not published. */
export const getEvent = publicProcedure
  .input(z.object({ slug: eventSlug }))
  .query(async ({ ctx, input }) => {
    const found = await ctx.board.event(input.slug);
    if (!found) refuse('not_found');
    const { event, days, types } = found;
    return {
      slug: event.slug,
      name: event.name,
      tagline: event.tagline,
      description: event.description,
      venueName: event.venueName,
      venueAddress: event.venueAddress,
      timeZone: event.timeZone,
      currency: event.currency,
      look: storeLook(event.look),
      isClosed: event.status === 'closed',
      holdMinutes: Math.round(event.holdTtlSeconds / 60),
      days: days.map(({ no, name, startsAt, endsAt }) => ({ no, name, startsAt, endsAt })),
      types: types.filter(isForAll).map(storeType),
    };
  });
