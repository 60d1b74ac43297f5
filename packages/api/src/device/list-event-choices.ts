import { listEventsToScan } from '@catraca/db';
import { worksAt } from '../own-event.ts';
import { memberProcedure } from '../trpc.ts';

/** Events of the member's organization that the member works at and that a device can be enrolled for. */
export const listEventChoices = memberProcedure.query(async ({ ctx }) => {
  const events = await listEventsToScan(ctx.db, ctx.member.organizationId);
  const own = events.filter(({ id }) => worksAt(ctx.member, id));
  return own.map(({ id: _, ...event }) => event);
});
