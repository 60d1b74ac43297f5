import { readPools, readTypesSetUp, type TypeSetUp } from '@catraca/db';
import { z } from 'zod';
import { ownEvent, ownEventInput } from '../own-event.ts';
import { memberProcedure } from '../trpc.ts';

export const kindInput = z.enum(['ticket', 'credential']);

/** The types of an event as they are set up, in their order. */
export const listTypes = memberProcedure
  .input(ownEventInput.extend({ kind: kindInput }))
  .query(async ({ ctx, input }) => {
    const event = await ownEvent(ctx, input);
    const [types, pools] = await Promise.all([
      readTypesSetUp(ctx.db, event.id, input.kind),
      readPools(ctx.db, event.id),
    ]);
    return {
      types: types.map(typeView),
      /** Capacities that types share. */
      pools: pools.map(({ id, ...pool }) => ({ ...pool, id: String(id) })),
    };
  });

function typeView({ type, openings, quantity, held, sold, elsewhere, poolId }: TypeSetUp) {
  const { eventId: _, id, ...row } = type;
  return {
    ...row,
    id: String(id),
    poolId: poolId ?? null,
    quantity: quantity ?? 0,
    held: held ?? 0,
    sold: sold ?? 0,
    /** Units that another site may sell. */
    elsewhere: elsewhere ?? 0,
    openings: openings.map(({ areaId, startsAt, endsAt }) => ({
      ...{ areaId: String(areaId), startsAt, endsAt },
    })),
  };
}
