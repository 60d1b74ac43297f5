import { siteRouter } from './site/router.ts';
import { createCallerFactory, router } from './trpc.ts';

export const appRouter = router({
  site: siteRouter,
});

export type AppRouter = typeof appRouter;

/** Calls procedures in the same process, with a context: for pages rendered on the server and for tests. */
export const createCaller = createCallerFactory(appRouter);
