import { router } from '../trpc.ts';
import { listTypes } from './list-types.ts';
import { archiveType, orderTypes } from './order-types.ts';
import { removePool, savePool } from './save-pool.ts';
import { saveType } from './save-type.ts';

/** Ticket types and credential types as they are set up. */
export const passTypeRouter = router({
  list: listTypes,
  save: saveType,
  order: orderTypes,
  archive: archiveType,
  savePool,
  removePool,
});
