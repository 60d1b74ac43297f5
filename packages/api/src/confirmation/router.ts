import { router } from '../trpc.ts';
import { askHolders, getRound, listConfirmations } from './list-confirmations.ts';
import { confirm, ownConfirmation } from './own-confirmation.ts';
import { saveRound } from './save-round.ts';

/** What holders confirm before they come, for the organizer and for them. */
export const confirmationRouter = router({
  get: getRound,
  save: saveRound,
  list: listConfirmations,
  ask: askHolders,
  own: ownConfirmation,
  confirm,
});
