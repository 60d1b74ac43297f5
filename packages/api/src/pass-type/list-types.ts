import { readTypesSetUp, type TypeSetUp } from '@catraca/db';
import { z } from 'zod';
import { ownEvent, ownEventInput } from '../own-event.ts';
import { memberProcedure } from '../trpc.ts';

export const kindInput = z.enum(['ticket', 'credential']);

/** The types of an event as they are set up, in their order. */
export const listTypes = memberProcedure
  .input(ownEventInput.extend({ kind: kindInput }))
  .query(async ({ ctx, input }) => {
    const event = await ownEvent(ctx, input);
    return { types: (await readTypesSetUp(ctx.db, event.id, input.kind)).map(typeView) };
  });

function typeView({ type, openings, quantity, held, sold, elsewhere }: TypeSetUp) {
  const { eventId: _, id, poolId, ...row } = type;
  return {
    ...row,
    id: String(id),
    poolId: poolId === null ? null : String(poolId),
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
