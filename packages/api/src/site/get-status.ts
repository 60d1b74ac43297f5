import { findCloudLink } from '@catraca/db';
import { publicProcedure } from '../trpc.ts';
import { lineOf, problemCode } from './link-view.ts';

/**
 * Which site answers, and what time it has. At a venue also how it stands with its cloud, for everybody who works there: `left` facts
 * wait on one side or the other. It is null at a cloud, and costs nothing there.
 */
export const getStatus = publicProcedure.query(async ({ ctx }) => {
  const { name, kind } = ctx.site;
  const link = kind === 'venue' ? await findCloudLink(ctx.db) : undefined;
  return {
    ...{ site: name, kind, now: ctx.now },
    cloud: link
      ? {
          name: link.name,
          state: link.state,
          line: lineOf(link, ctx.now),
          problem: problemCode(link.problem),
          since: link.exchangedAt,
          waiting: link.toSend,
          left: link.toSend + link.toTake,
        }
      : null,
  };
});
