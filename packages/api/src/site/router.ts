import { memberProcedure, publicProcedure, router } from '../trpc.ts';

export const siteRouter = router({
  /** Which site answers, and what time it has. */
  status: publicProcedure.query(({ ctx }) => ({
    site: ctx.site.name,
    kind: ctx.site.kind,
    now: ctx.now,
  })),
  /** Who is signed in, and in which role. */
  me: memberProcedure.query(({ ctx }) => ctx.member),
});
