import { router } from '../trpc.ts';
import { enrolSelf } from './enrol-self.ts';
import { listEventChoices } from './list-event-choices.ts';
import { redeemPairingCode } from './redeem-pairing-code.ts';
import { searchPasses } from './search-passes.ts';

export const deviceRouter = router({
  enrolSelf,
  eventChoices: listEventChoices,
  redeemPairingCode,
  searchPasses,
});
