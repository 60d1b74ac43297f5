import { listAreaNames, listTypeNames } from '@catraca/db';
import { ownEvent, ownEventInput } from '../own-event.ts';
import { memberProcedure } from '../trpc.ts';

/** What the list of passes can be narrowed to. */
export const filterChoices = memberProcedure.input(ownEventInput).query(async ({ ctx, input }) => {
  const event = await ownEvent(ctx, input);
  const [types, areas] = await Promise.all([
    listTypeNames(ctx.db, event.id),
    listAreaNames(ctx.db, event.id),
  ]);
  return {
    types: types.map(({ id, name }) => ({ id: String(id), name })),
    areas: areas.map(({ id, name }) => ({ id: String(id), name })),
  };
});
