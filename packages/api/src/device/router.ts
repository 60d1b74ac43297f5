import { router } from '../trpc.ts';
import { createPairingCode } from './create-pairing-code.ts';
import { enrolSelf } from './enrol-self.ts';
import { listDevices } from './list-devices.ts';
import { listEventChoices } from './list-event-choices.ts';
import { redeemPairingCode } from './redeem-pairing-code.ts';
import { revokeDevice } from './revoke-device.ts';
import { searchPasses } from './search-passes.ts';

export const deviceRouter = router({
  list: listDevices,
  createPairingCode,
  revoke: revokeDevice,
  enrolSelf,
  eventChoices: listEventChoices,
  redeemPairingCode,
  searchPasses,
});
