import { erasePerson } from '@catraca/db';
import { z } from 'zod';
import { actorOf } from '../actor.ts';
import { refuse } from '../errors.ts';
import { rowIdInput } from '../row-id.ts';
import { memberProcedure } from '../trpc.ts';

/** Forgets a person for good. Refused while a pass of theirs opens doors, unless it may end by it. */
export const erase = memberProcedure
  .input(z.object({ personId: rowIdInput, endsPasses: z.boolean().default(false) }))
  .mutation(async ({ ctx, input }) => {
    const result = await erasePerson(ctx.db, input, actorOf(ctx), ctx.now);
    if (result.ok) return { people: result.people, endedPasses: result.endedPasses };
    if (result.code === 'unknown_person') return refuse('not_found');
    return refuse(result.code, { passes: result.passes });
  });
