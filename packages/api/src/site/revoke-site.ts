import { revokeSite as revoke } from '@catraca/db';
import { z } from 'zod';
import { actorOf } from '../actor.ts';
import { refuse } from '../errors.ts';
import { memberProcedure } from '../trpc.ts';
import { onlyAtCloud } from './only-at-cloud.ts';

/** The number of a site, 1 to 255. */
export const siteInput = z.int().min(1).max(255);

/** No exchange with this venue from now on. It cannot be undone: the machine is paired anew, as another venue. */
export const revokeSite = memberProcedure
  .input(z.object({ site: siteInput }))
  .mutation(async ({ ctx, input }) => {
    onlyAtCloud(ctx);
    const { organizationId } = ctx.member;
    if (!(await revoke(ctx.db, organizationId, input.site, actorOf(ctx)))) refuse('not_found');
  });
