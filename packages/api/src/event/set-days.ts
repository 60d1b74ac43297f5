import { setDays as set } from '@catraca/db';
import { z } from 'zod';
import { actorOf } from '../actor.ts';
import { refuse } from '../errors.ts';
import { ownEvent, ownEventInput } from '../own-event.ts';
import { sessionInput, sessionsMax, timeZoneInput, versionInput } from '../set-up/limits.ts';
import { refuseSetUp } from '../set-up/refuse-set-up.ts';
import { memberProcedure } from '../trpc.ts';

/**
 * The days of an event anew, in order of time. `affects_sold`: passes are out there; it is done when it is asked for again with `confirmed`.
 * What types open goes with the days.
 */
export const setDays = memberProcedure
  .input(
    ownEventInput.extend({
      version: versionInput,
      timeZone: timeZoneInput,
      sessions: z
        .array(sessionInput.extend({ no: z.number().int().min(1).max(16).nullable() }))
        .max(sessionsMax),
      confirmed: z.boolean().default(false),
    }),
  )
  .mutation(async ({ ctx, input: { eventSlug, ...change } }) => {
    const event = await ownEvent(ctx, { eventSlug });
    const result = await set(ctx.db, event.id, change, actorOf(ctx));
    if (result.ok) return { version: result.version };
    switch (result.code) {
      case 'no_days':
        return refuse('event_has_no_days');
      case 'too_many_days':
      case 'unknown_time_zone':
        return refuse(result.code);
      case 'unknown_day':
        return refuse('not_found');
      case 'bad_day':
      case 'days_overlap':
        return refuse(result.code, { index: result.index });
      case 'day_has_scans':
        return refuse(result.code, { no: result.no, scans: result.scans });
      case 'affects_sold':
        return refuse(result.code, { passes: result.passes, orders: result.orders });
      default:
        return refuseSetUp(ctx, result, { kind: 'event', id: event.id });
    }
  });
