import { listOwnEvents as list } from '@catraca/db';
import { memberProcedure } from '../trpc.ts';

/** All events of the member's organization, drafts too. */
export const listOwnEvents = memberProcedure.query(async ({ ctx }) => {
  const events = await list(ctx.db, ctx.member.organizationId);
  return events.map(({ id, ...event }) => ({ ...event, id: String(id) }));
});
