import { createSiteCode } from '@catraca/db';
import { z } from 'zod';
import { actorOf } from '../actor.ts';
import { memberProcedure } from '../trpc.ts';
import { onlyAtCloud } from './only-at-cloud.ts';

/** Characters of a venue's name: it must fit a line on a phone. */
const nameLengthMax = 60;

/** A code that makes a machine a venue of the organization, once, within a quarter of an hour; shown once. `address`: of this cloud. */
export const createCode = memberProcedure
  .input(z.object({ siteName: z.string().trim().min(1).max(nameLengthMax) }))
  .mutation(async ({ ctx, input }) => {
    onlyAtCloud(ctx);
    const { organizationId, userId: createdBy } = ctx.member;
    const request = { organizationId, siteName: input.siteName, createdBy };
    const { code, expiresAt } = await createSiteCode(ctx.db, request, ctx.now, actorOf(ctx));
    return { code, expiresAt, at: ctx.now, address: ctx.links.origin };
  });
