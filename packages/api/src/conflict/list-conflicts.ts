import { listConflicts as list } from '@catraca/db';
import type { Verdict } from '@catraca/domain';
import { ownEvent, ownEventInput } from '../own-event.ts';
import { memberProcedure } from '../trpc.ts';

type Side = Awaited<ReturnType<typeof list>>[number]['scan'];

/** An event's conflicts, those that nobody has looked at first. No names of holders: the pass has them. */
export const listConflicts = memberProcedure.input(ownEventInput).query(async ({ ctx, input }) => {
  const event = await ownEvent(ctx, input);
  const found = await list(ctx.db, event.id);
  return found.map(({ id, typeName, scan, other, ...conflict }) => ({
    ...conflict,
    id: String(id),
    typeName: typeName?.en ?? '',
    scan: sideOf(scan),
    other: sideOf(other),
  }));
});

/** Null for a scan that is not here: another site has not told of it yet. */
function sideOf({ at, verdict, alone, checkpointName, deviceName }: Side) {
  if (at === null) return null;
  // The gate writes verdicts of the closed list only.
  return { at, verdict: verdict as Verdict, alone: alone === true, checkpointName, deviceName };
}
