import { updateCheckpoint as update } from '@catraca/db';
import { z } from 'zod';
import { actorOf } from '../actor.ts';
import { refuse } from '../errors.ts';
import { ownEvent, ownEventInput, worksAtCheckpoint } from '../own-event.ts';
import { rowIdInput } from '../row-id.ts';
import { memberProcedure } from '../trpc.ts';

/** Characters of a checkpoint's name: it must fit a line on a phone. */
const nameLengthMax = 60;

/** Renames a checkpoint, opens it or closes it. */
export const updateCheckpoint = memberProcedure
  .input(
    ownEventInput.extend({
      checkpointId: rowIdInput,
      name: z.string().trim().min(1).max(nameLengthMax).optional(),
      open: z.boolean().optional(),
    }),
  )
  .mutation(async ({ ctx, input }) => {
    const event = await ownEvent(ctx, input);
    const { checkpointId: id, name, open } = input;
    if (!worksAtCheckpoint(ctx.member, event.id, id)) refuse('not_found');
    const result = await update(ctx.db, { eventId: event.id, id }, { name, open }, actorOf(ctx));
    if (!result.ok) {
      refuse(result.code === 'set_up_elsewhere' ? 'set_up_elsewhere' : 'not_found');
    }
  });
