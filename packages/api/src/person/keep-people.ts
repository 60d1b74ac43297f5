import { listRetention as list, setRetention as set } from '@catraca/db';
import { z } from 'zod';
import { actorOf } from '../actor.ts';
import { refuse } from '../errors.ts';
import { ownEvent, ownEventInput } from '../own-event.ts';
import { memberProcedure } from '../trpc.ts';

/** Ten years: no law asks for more. */
const daysMax = 3_650;

/** How long each event keeps its people. */
export const listRetention = memberProcedure.query(({ ctx }) =>
  list(ctx.db, ctx.member.organizationId),
);

/** `days` after the last one, or null for ever. */
export const setRetention = memberProcedure
  .input(
    ownEventInput.extend({
      version: z.int().positive(),
      days: z.int().min(0).max(daysMax).nullable(),
    }),
  )
  .mutation(async ({ ctx, input }) => {
    const { id: eventId } = await ownEvent(ctx, input);
    const { version, days } = input;
    const result = await set(ctx.db, { eventId, version, days }, actorOf(ctx));
    if (!result.ok) refuse(result.code === 'unknown_event' ? 'not_found' : result.code);
  });
