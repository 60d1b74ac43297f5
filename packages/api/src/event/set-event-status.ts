import { setEventStatus as setStatus } from '@catraca/db';
import { z } from 'zod';
import { actorOf } from '../actor.ts';
import { refuse } from '../errors.ts';
import { ownEvent, ownEventInput } from '../own-event.ts';
import { memberProcedure } from '../trpc.ts';

/** Puts an event on sale (`published`), takes it off (`closed`) or puts it away (`archived`). What was sold stays valid. */
export const setEventStatus = memberProcedure
  .input(ownEventInput.extend({ status: z.enum(['published', 'closed', 'archived']) }))
  .mutation(async ({ ctx, input }) => {
    const event = await ownEvent(ctx, input);
    const result = await setStatus(ctx.db, event.id, input.status, actorOf(ctx));
    if (result.ok) return { status: input.status };
    switch (result.code) {
      case 'unknown_event':
        return refuse('not_found');
      case 'set_up_elsewhere':
        return refuse('set_up_elsewhere');
      case 'wrong_status':
        return refuse('event_wrong_status', { status: result.status });
      case 'no_days':
        return refuse('event_has_no_days');
      case 'no_ticket_types':
        return refuse('event_has_no_ticket_types');
    }
  });
