import { router } from '../trpc.ts';
import { getOverview } from './get-overview.ts';

export const overviewRouter = router({
  get: getOverview,
});
