import { readVenuePlan } from '@catraca/db';
import { ownEvent, ownEventInput } from '../own-event.ts';
import { memberProcedure } from '../trpc.ts';

/** The venue as the wall draws it. Ids are decimal strings, as in the live feed. */
export const getPlan = memberProcedure.input(ownEventInput).query(async ({ ctx, input }) => {
  const event = await ownEvent(ctx, input);
  const { plan, areas, checkpoints, days } = await readVenuePlan(ctx.db, event.id);
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
    checkpoints: checkpoints.map(({ id, name, fromAreaId, toAreaId, directions, x, y, open }) => ({
      id: String(id),
      name,
      fromAreaId: String(fromAreaId),
      toAreaId: String(toAreaId),
      directions,
      x,
      y,
      open,
    })),
  };
});
