import { router } from '../trpc.ts';
import { createDelegation, listDelegations, renewLink, updateDelegation } from './delegations.ts';

/** Exhibitors, newspapers, suppliers: who brings people. */
export const delegationRouter = router({
  list: listDelegations,
  create: createDelegation,
  update: updateDelegation,
  renewLink,
});
