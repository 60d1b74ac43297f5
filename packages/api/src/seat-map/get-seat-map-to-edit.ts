import { isSetUpElsewhere, readSeatMap } from '@catraca/db';
import { ownEvent, ownEventInput } from '../own-event.ts';
import { memberProcedure } from '../trpc.ts';

/** A seat map as its editor has it, with the types that seats may be of and the seats that somebody has. */
export const getSeatMapToEdit = memberProcedure
  .input(ownEventInput)
  .query(async ({ ctx, input }) => {
    const event = await ownEvent(ctx, input);
    const [found, isElsewhere] = await Promise.all([
      readSeatMap(ctx.db, event.id),
      isSetUpElsewhere(ctx.db, event.id),
    ]);
    return { ...found, isElsewhere, currency: event.currency };
  });
