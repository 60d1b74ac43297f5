import type { AppRouter } from '@catraca/api';
import type { inferRouterOutputs } from '@trpc/server';

/** The venue as the wall draws it. */
export type WallPlan = inferRouterOutputs<AppRouter>['live']['plan'];
