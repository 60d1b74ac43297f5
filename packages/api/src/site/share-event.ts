import { listSharing as list, shareEvent as share } from '@catraca/db';
import { actorOf } from '../actor.ts';
import { refuse } from '../errors.ts';
import { ownEvent, ownEventInput } from '../own-event.ts';
import { memberProcedure } from '../trpc.ts';
import { onlyAtCloud } from './only-at-cloud.ts';
import { siteInput } from './revoke-site.ts';

/** The organization's events, and at which venue each is, if at any. */
export const listSharing = memberProcedure.query(({ ctx }) =>
  list(ctx.db, ctx.member.organizationId),
);

/** Shares an event with a venue. What was there before is written into the journal by the worker. */
export const shareEvent = memberProcedure
  .input(ownEventInput.extend({ site: siteInput }))
  .mutation(async ({ ctx, input }) => {
    onlyAtCloud(ctx);
    const event = await ownEvent(ctx, input);
    const result = await share(ctx.db, event.id, input.site, ctx.now, actorOf(ctx));
    if (!result.ok) {
      refuse(result.code === 'shared_already' ? 'shared_already' : 'not_found');
    }
  });
