import { isSetUpElsewhere, readPlanToEdit } from '@catraca/db';
import { ownEvent, ownEventInput } from '../own-event.ts';
import { memberProcedure } from '../trpc.ts';

/** A plan as its editor has it: areas and checkpoints by their numbers. */
export const getPlanToEdit = memberProcedure.input(ownEventInput).query(async ({ ctx, input }) => {
  const event = await ownEvent(ctx, input);
  const [found, isElsewhere] = await Promise.all([
    readPlanToEdit(ctx.db, event.id),
    isSetUpElsewhere(ctx.db, event.id),
  ]);
  const { version, plan, freeAreaNos, openedNos } = found;
  const noOf = new Map(found.areas.map(({ id, no }) => [id, no]));
  const areas = found.areas.filter(({ no }) => no !== 0);
  return {
    version,
    isElsewhere,
    drawing: plan && { svg: plan.svg, width: plan.width, height: plan.height, earth: plan.earth },
    freeAreaNos,
    openedNos,
    areas: areas.map(({ no, name, capacity, polygon }) => ({ no, name, capacity, polygon })),
    checkpoints: found.checkpoints.map((row) => ({
      ...{ no: row.no, name: row.name, directions: row.directions, open: row.open },
      ...{ x: row.x, y: row.y },
      fromNo: noOf.get(row.fromAreaId) ?? 0,
      toNo: noOf.get(row.toAreaId) ?? 0,
    })),
  };
});
