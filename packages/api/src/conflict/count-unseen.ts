import { countUnseenConflicts } from '@catraca/db';
import { ownEvent, ownEventInput } from '../own-event.ts';
import { memberProcedure } from '../trpc.ts';

/** How many of an event's conflicts nobody has looked at. */
export const countUnseen = memberProcedure.input(ownEventInput).query(async ({ ctx, input }) => {
  const event = await ownEvent(ctx, input);
  return countUnseenConflicts(ctx.db, event.id);
});
