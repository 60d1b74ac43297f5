import { router } from '../trpc.ts';
import {
  removeMember,
  resetFactors,
  setLimits,
  setRole,
  setSecondFactorRoles,
  suspend,
} from './change-member.ts';
import { inviteMember, resendInvitation, revokeInvitation } from './invite-member.ts';
import { listMembers, listPlaces } from './list-members.ts';

export const memberRouter = router({
  list: listMembers,
  places: listPlaces,
  invite: inviteMember,
  resendInvitation,
  revokeInvitation,
  setRole,
  setLimits,
  suspend,
  remove: removeMember,
  resetFactors,
  setSecondFactorRoles,
});
