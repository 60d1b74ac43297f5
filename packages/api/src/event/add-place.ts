import { addPlace as add } from '@catraca/db';
import { z } from 'zod';
import { actorOf } from '../actor.ts';
import { refuse } from '../errors.ts';
import { ownEvent, ownEventInput } from '../own-event.ts';
import { refuseSetUp } from '../set-up/refuse-set-up.ts';
import { memberProcedure } from '../trpc.ts';

/** Characters of the name of an area or checkpoint: it must fit a line on a phone. */
const placeNameMax = 60;

/** People in an area. */
const capacityMax = 1_000_000;

/** Adds an area with its entrance from outside, by name alone. */
export const addPlace = memberProcedure
  .input(
    ownEventInput.extend({
      name: z.string().trim().min(1).max(placeNameMax),
      capacity: z.number().int().min(1).max(capacityMax).nullable(),
      entrance: z.string().trim().min(1).max(placeNameMax),
    }),
  )
  .mutation(async ({ ctx, input: { eventSlug, ...place } }) => {
    const event = await ownEvent(ctx, { eventSlug });
    const result = await add(ctx.db, event.id, place, actorOf(ctx));
    if (result.ok) return { areaId: String(result.areaId) };
    if (result.code === 'too_many_areas') refuse('too_many_areas');
    return refuseSetUp(ctx, result, { kind: 'event', id: event.id });
  });
