import {
  askHolders as ask,
  confirmationFilters,
  countConfirmations,
  findConfirmationRound,
  listConfirmations as list,
} from '@catraca/db';
import { z } from 'zod';
import { actorOf } from '../actor.ts';
import { refuse } from '../errors.ts';
import { ownEvent, ownEventInput } from '../own-event.ts';
import { rowIdInput } from '../row-id.ts';
import { pageSize } from '../search-input.ts';
import { memberProcedure } from '../trpc.ts';

/** What the event asks its holders, and how many have confirmed. */
export const getRound = memberProcedure.input(ownEventInput).query(async ({ ctx, input }) => {
  const event = await ownEvent(ctx, input);
  const [round, counts] = await Promise.all([
    findConfirmationRound(ctx.db, event.id),
    countConfirmations(ctx.db, event.id),
  ]);
  if (!round) return { round: null, counts };
  const { opensAt, closesAt, message, questions, version } = round;
  return { round: { opensAt, closesAt, message, questions, version }, counts };
});

/** Holders, the first ones issued first. `after`: the `cursor` of the page before. */
export const listConfirmations = memberProcedure
  .input(
    ownEventInput.extend({
      filter: z.enum(confirmationFilters).default('all'),
      after: rowIdInput.nullable().default(null),
    }),
  )
  .query(async ({ ctx, input }) => {
    const event = await ownEvent(ctx, input);
    const { filter, after } = input;
    const found = await list(ctx.db, { eventId: event.id, filter, after, limit: pageSize + 1 });
    const rows = found.slice(0, pageSize);
    const last = found.length > pageSize ? rows.at(-1) : undefined;
    return {
      rows: rows.map(({ id: _, ...row }) => row),
      cursor: last ? String(last.id) : null,
    };
  });

/** Writes to everybody who was not asked yet, or reminds those who have not confirmed: a job. */
export const askHolders = memberProcedure
  .input(ownEventInput.extend({ kind: z.enum(['ask_holders', 'remind_holders']) }))
  .mutation(async ({ ctx, input }) => {
    const event = await ownEvent(ctx, input);
    const started = await ask(ctx.db, event.id, input.kind, actorOf(ctx), ctx.now);
    if (started.ok) return { jobId: String(started.jobId) };
    switch (started.code) {
      case 'not_open':
        return refuse('confirmation_not_open');
      case 'nobody':
        return refuse('nobody_to_ask');
      case 'job_running':
        return refuse('job_running');
    }
  });
