import { listOwnEvents as list } from '@catraca/db';
import { worksAt } from '../own-event.ts';
import { memberProcedure } from '../trpc.ts';

/** All events of the member's organization that the member works at, drafts too. */
export const listOwnEvents = memberProcedure.query(async ({ ctx }) => {
  const events = await list(ctx.db, ctx.member.organizationId);
  const own = events.filter(({ id }) => worksAt(ctx.member, id));
  return own.map(({ id, ...event }) => ({ ...event, id: String(id) }));
});
