import { listCheckpoints as list } from '@catraca/db';
import { ownEvent, ownEventInput } from '../own-event.ts';
import { memberProcedure } from '../trpc.ts';

export const listCheckpoints = memberProcedure
  .input(ownEventInput)
  .query(async ({ ctx, input }) => {
    const event = await ownEvent(ctx, input);
    const checkpoints = await list(ctx.db, event.id);
    return checkpoints.map(({ id, ...checkpoint }) => ({ ...checkpoint, id: String(id) }));
  });
