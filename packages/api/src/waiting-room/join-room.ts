import { takePlace } from '@catraca/db';
import { parsePublicId } from '@catraca/domain';
import { z } from 'zod';
import { eventSlug } from '../event/limits.ts';
import { refuse } from '../errors.ts';
import { publicProcedure } from '../trpc.ts';
import { signPlace } from './place-token.ts';
import { publicJwk, thumbprintOf } from './proof.ts';
import { viewPlace } from './room-view.ts';

/**
 * Takes a place for the browser that has this key, or finds the one it has, and puts it into its cookie. `no_waiting_room`: the
 * shop is open to all. `network_full`: its network has as many places as it may.
 */
export const joinRoom = publicProcedure
  .input(z.object({ slug: eventSlug, key: publicJwk }))
  .mutation(async ({ ctx, input: { slug, key } }) => {
    const known = await ctx.waitingRooms.get(slug);
    if (!known) refuse('no_waiting_room');
    const keyThumbprint = await thumbprintOf(key);
    const { networkKey } = ctx.buyer;
    const result = await takePlace(ctx.db, {
      eventId: known.eventId,
      keyThumbprint,
      networkKey,
      now: ctx.now,
    });
    if (!result.ok) {
      switch (result.code) {
        case 'busy':
          return refuse('busy');
        case 'network_full':
          return refuse('network_full');
        case 'no_room':
          return refuse('no_waiting_room');
      }
    }
    const publicId = parsePublicId(result.place.publicId);
    if (!publicId.ok) throw new Error('a place has a public id');
    ctx.places.keep(
      slug,
      await signPlace({ slug, publicId: publicId.value, keyThumbprint }, ctx.secret),
    );
    const place = viewPlace(result.place, known.room.turnSeconds, ctx.now);
    return { now: ctx.now.getTime(), room: known.view, place };
  });
