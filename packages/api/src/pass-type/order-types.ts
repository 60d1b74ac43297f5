import { archiveType as archive, orderTypes as order } from '@catraca/db';
import { z } from 'zod';
import { actorOf } from '../actor.ts';
import { refuse } from '../errors.ts';
import { ownEvent, ownEventInput } from '../own-event.ts';
import { rowIdInput } from '../row-id.ts';
import { versionInput } from '../set-up/limits.ts';
import { refuseSetUp } from '../set-up/refuse-set-up.ts';
import { memberProcedure } from '../trpc.ts';
import { kindInput } from './list-types.ts';

/** All types of a kind in the order they shall stand in. */
export const orderTypes = memberProcedure
  .input(ownEventInput.extend({ kind: kindInput, typeIds: z.array(rowIdInput).max(200) }))
  .mutation(async ({ ctx, input }) => {
    const event = await ownEvent(ctx, input);
    const result = await order(ctx.db, event.id, input.kind, input.typeIds, actorOf(ctx));
    if (result.ok) return;
    if (result.code === 'types_changed') refuse('edited_meanwhile');
    else await refuseSetUp(ctx, result, { kind: 'event', id: event.id });
  });

/** Takes a type out of sale and of the shop, or brings it back. What was sold stays valid. */
export const archiveType = memberProcedure
  .input(ownEventInput.extend({ typeId: rowIdInput, version: versionInput, archived: z.boolean() }))
  .mutation(async ({ ctx, input: { eventSlug, ...change } }) => {
    const event = await ownEvent(ctx, { eventSlug });
    const result = await archive(ctx.db, event.id, change, actorOf(ctx));
    if (result.ok) return { version: result.version };
    if (result.code === 'unknown_type') return refuse('not_found');
    return refuseSetUp(ctx, result, { kind: 'pass_type', id: change.typeId });
  });
