import { copyEvent as copy } from '@catraca/db';
import { isOnCalendar } from '@catraca/domain';
import { z } from 'zod';
import { actorOf } from '../actor.ts';
import { refuse } from '../errors.ts';
import { ownEvent, ownEventInput } from '../own-event.ts';
import { localDate, nameLengthMax, newSlug, reservedSlugs } from '../set-up/limits.ts';
import { memberProcedure } from '../trpc.ts';

/** A draft like another event, on other dates; nothing is sold of it. */
export const copyEvent = memberProcedure
  .input(
    ownEventInput.extend({
      slug: newSlug,
      name: z.string().trim().min(1).max(nameLengthMax),
      firstDate: localDate.refine((date) => isOnCalendar({ date, time: '00:00' })),
    }),
  )
  .mutation(async ({ ctx, input: { eventSlug, ...values } }) => {
    if (ctx.member.limits !== null) refuse('role_not_allowed');
    const event = await ownEvent(ctx, { eventSlug });
    if (reservedSlugs.has(values.slug)) refuse('slug_taken');
    const result = await copy(ctx.db, event.id, values, actorOf(ctx));
    if (result.ok) return { slug: result.slug };
    switch (result.code) {
      case 'unknown_event':
        return refuse('not_found');
      case 'no_days':
        return refuse('event_has_no_days');
      case 'set_up_elsewhere':
      case 'slug_taken':
        return refuse(result.code);
    }
  });
