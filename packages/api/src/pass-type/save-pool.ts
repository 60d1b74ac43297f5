import { removePool as remove, savePool as save } from '@catraca/db';
import { z } from 'zod';
import { actorOf } from '../actor.ts';
import { refuse } from '../errors.ts';
import { ownEvent, ownEventInput } from '../own-event.ts';
import { rowIdInput } from '../row-id.ts';
import { nameLengthMax, versionInput } from '../set-up/limits.ts';
import { refuseSetUp } from '../set-up/refuse-set-up.ts';
import { memberProcedure } from '../trpc.ts';

/** Units of a capacity: more than any hall or field holds. */
const quantityMax = 2_000_000;

/** Makes a capacity that ticket types share (`poolId` null) or changes it and who shares it. */
export const savePool = memberProcedure
  .input(
    ownEventInput.extend({
      poolId: rowIdInput.nullable(),
      version: versionInput,
      name: z.string().trim().min(1).max(nameLengthMax),
      quantity: z.number().int().min(0).max(quantityMax),
      typeIds: z
        .array(rowIdInput)
        .max(200)
        .transform((ids) => [...new Set(ids)]),
    }),
  )
  .mutation(async ({ ctx, input: { eventSlug, ...change } }) => {
    const event = await ownEvent(ctx, { eventSlug });
    const result = await save(ctx.db, event.id, change, actorOf(ctx));
    if (result.ok) return { poolId: String(result.poolId) };
    switch (result.code) {
      case 'unknown_pool':
      case 'unknown_type':
        return refuse('not_found');
      case 'units_elsewhere':
        return refuse(result.code, { typeId: String(result.typeId) });
      case 'pool_below_sold':
        return refuse(result.code, { taken: result.taken });
      default:
        return refuseSetUp(ctx, result, { kind: 'stock_pool', id: change.poolId });
    }
  });

/** Its types are limited by their own number alone again. */
export const removePool = memberProcedure
  .input(ownEventInput.extend({ poolId: rowIdInput, version: versionInput }))
  .mutation(async ({ ctx, input: { eventSlug, ...pool } }) => {
    const event = await ownEvent(ctx, { eventSlug });
    const result = await remove(ctx.db, event.id, pool, actorOf(ctx));
    if (result.ok) return;
    if (result.code === 'unknown_pool') refuse('not_found');
    else await refuseSetUp(ctx, result, { kind: 'stock_pool', id: pool.poolId });
  });
