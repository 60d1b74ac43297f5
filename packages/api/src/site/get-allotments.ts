import { readAllotments } from '@catraca/db';
import { ownEvent, ownEventInput } from '../own-event.ts';
import { memberProcedure } from '../trpc.ts';

/** How the units of each ticket type are split between this site and the other one; null where the event is not shared. */
export const getAllotments = memberProcedure.input(ownEventInput).query(async ({ ctx, input }) => {
  const event = await ownEvent(ctx, input);
  const found = await readAllotments(ctx.db, event.id);
  if (!found) return null;
  const types = found.types.map(({ typeId, ...type }) => ({ id: String(typeId), ...type }));
  return { at: ctx.now, ...found, types };
});
