import { memberProcedure, router } from '../trpc.ts';
import { createCode } from './create-code.ts';
import { getAllotments } from './get-allotments.ts';
import { getStatus } from './get-status.ts';
import { listSites } from './list-sites.ts';
import { getAuthority, handOver, takeOver } from './move-authority.ts';
import { revokeSite } from './revoke-site.ts';
import { listSharing, shareEvent } from './share-event.ts';
import { giveUnits, setShare } from './split-type.ts';

export const siteRouter = router({
  status: getStatus,
  /** Who is signed in, and in which role. */
  me: memberProcedure.query(({ ctx }) => ctx.member),
  list: listSites,
  createCode,
  revoke: revokeSite,
  sharing: listSharing,
  share: shareEvent,
  allotments: getAllotments,
  setShare,
  giveUnits,
  authority: getAuthority,
  handOver,
  takeOver,
});
