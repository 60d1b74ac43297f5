import { findWaitingPlace } from '@catraca/db';
import { z } from 'zod';
import { eventSlug } from '../event/limits.ts';
import { refuse } from '../errors.ts';
import { publicProcedure } from '../trpc.ts';
import { isDesk } from './let-in.ts';
import { findOwnPlace } from './own-place.ts';
import { viewPlace, type PlaceView } from './room-view.ts';

/**
 * The waiting room and this browser's place in it, null when it has none. `isDesk`: a member who sells need not wait. Those who
 * ask at the same moment are one question to the database.
 */
export const findOwn = publicProcedure
  .input(z.object({ slug: eventSlug }))
  .query(async ({ ctx, input }) => {
    const now = ctx.now.getTime();
    const known = await ctx.waitingRooms.get(input.slug);
    if (!known) return { now, room: null, place: null, isDesk: false };
    const found = { now, room: known.view, isDesk: isDesk(ctx, known) };
    const claims = await findOwnPlace(ctx, input.slug);
    if (!claims) return { ...found, place: null };
    const { eventId, room } = known;
    const row = await findWaitingPlace(ctx.db, { eventId, publicId: claims.publicId });
    if (!row.ok && row.code === 'busy') refuse('busy');
    const place: PlaceView | null = row.ok ? viewPlace(row.place, room.turnSeconds, ctx.now) : null;
    return { ...found, place };
  });
