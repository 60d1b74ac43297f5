import { markConflictSeen } from '@catraca/db';
import { actorOf } from '../actor.ts';
import { refuse } from '../errors.ts';
import { ownEvent, ownEventInput } from '../own-event.ts';
import { rowIdInput } from '../row-id.ts';
import { memberProcedure } from '../trpc.ts';

/** Says that this member has looked at a conflict. */
export const markSeen = memberProcedure
  .input(ownEventInput.extend({ conflictId: rowIdInput }))
  .mutation(async ({ ctx, input }) => {
    const event = await ownEvent(ctx, input);
    const which = { eventId: event.id, conflictId: input.conflictId };
    const result = await markConflictSeen(ctx.db, which, ctx.member.userId, ctx.now, actorOf(ctx));
    if (!result.ok) refuse('not_found');
  });
