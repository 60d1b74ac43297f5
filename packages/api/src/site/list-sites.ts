import { listSiteLinks } from '@catraca/db';
import { memberProcedure } from '../trpc.ts';
import { lineOf, problemCode } from './link-view.ts';

/** This site and those it exchanges facts with: its venues at the cloud, its cloud at a venue. */
export const listSites = memberProcedure.query(async ({ ctx }) => {
  const links = await listSiteLinks(ctx.db, ctx.member.organizationId);
  return {
    at: ctx.now,
    here: { name: ctx.site.name, kind: ctx.site.kind },
    sites: links.map((link) => ({
      ...link,
      line: lineOf(link, ctx.now),
      problem: problemCode(link.problem),
    })),
  };
});
