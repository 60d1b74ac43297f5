import { findVenuePlan } from '@catraca/db';
import { z } from 'zod';
import { refuse } from '../errors.ts';
import { memberProcedure } from '../trpc.ts';

/** The venue as the wall draws it. Ids are decimal strings, as in the live feed. */
export const getPlan = memberProcedure
  .input(z.object({ eventSlug: z.string().max(200) }))
  .query(async ({ ctx, input }) => {
    const found = await findVenuePlan(ctx.db, ctx.member.organizationId, input.eventSlug);
    if (!found) refuse('not_found');
    const { event, plan, areas, checkpoints, days } = found;
    return {
      event: { id: String(event.id), name: event.name, slug: event.slug, timeZone: event.timeZone },
      plan: plan && { svg: plan.svg, width: plan.width, height: plan.height },
      days: days.map(({ no, startsAt, endsAt }) => ({ no, startsAt, endsAt })),
      areas: areas.map(({ id, no, name, capacity, polygon }) => ({
        id: String(id),
        isOutside: no === 0,
        name,
        capacity,
        polygon,
      })),
      checkpoints: checkpoints.map(
        ({ id, name, fromAreaId, toAreaId, directions, x, y, open }) => ({
          id: String(id),
          name,
          fromAreaId: String(fromAreaId),
          toAreaId: String(toAreaId),
          directions,
          x,
          y,
          open,
        }),
      ),
    };
  });
