import { listCheckpoints as list } from '@catraca/db';
import { ownEvent, ownEventInput, worksAtCheckpoint } from '../own-event.ts';
import { memberProcedure } from '../trpc.ts';

export const listCheckpoints = memberProcedure
  .input(ownEventInput)
  .query(async ({ ctx, input }) => {
    const event = await ownEvent(ctx, input);
    const checkpoints = await list(ctx.db, event.id);
    const own = checkpoints.filter(({ id }) => worksAtCheckpoint(ctx.member, event.id, id));
    return own.map(({ id, ...checkpoint }) => ({ ...checkpoint, id: String(id) }));
  });
