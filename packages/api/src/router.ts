import type { AnyProcedure, inferRouterOutputs } from '@trpc/server';
import { accreditationRouter } from './accreditation/router.ts';
import { applicationRouter } from './application/router.ts';
import { auditRouter } from './audit/router.ts';
import { badgeRouter } from './badge/router.ts';
import { checkpointRouter } from './checkpoint/router.ts';
import { confirmationRouter } from './confirmation/router.ts';
import { conflictRouter } from './conflict/router.ts';
import { delegationRouter } from './delegation/router.ts';
import { deviceRouter } from './device/router.ts';
import { eventRouter } from './event/router.ts';
import { holdRouter } from './hold/router.ts';
import { jobRouter } from './job/router.ts';
import { liveRouter } from './live/router.ts';
import { memberRouter } from './member/router.ts';
import { orderRouter } from './order/router.ts';
import { overviewRouter } from './overview/router.ts';
import { passTypeRouter } from './pass-type/router.ts';
import { passRouter } from './pass/router.ts';
import { paymentRouter } from './payment/router.ts';
import { personRouter } from './person/router.ts';
import { seatMapRouter } from './seat-map/router.ts';
import { pickupRouter } from './pickup/router.ts';
import { siteRouter } from './site/router.ts';
import { ticketRouter } from './ticket/router.ts';
import { createCallerFactory, router } from './trpc.ts';
import { venuePlanRouter } from './venue-plan/router.ts';
import { voucherRouter } from './voucher/router.ts';
import { waitingRoomRouter } from './waiting-room/router.ts';

export const appRouter = router({
  accreditation: accreditationRouter,
  application: applicationRouter,
  audit: auditRouter,
  badge: badgeRouter,
  checkpoint: checkpointRouter,
  confirmation: confirmationRouter,
  conflict: conflictRouter,
  delegation: delegationRouter,
  device: deviceRouter,
  event: eventRouter,
  hold: holdRouter,
  job: jobRouter,
  live: liveRouter,
  member: memberRouter,
  order: orderRouter,
  overview: overviewRouter,
  pass: passRouter,
  passType: passTypeRouter,
  payment: paymentRouter,
  person: personRouter,
  seatMap: seatMapRouter,
  pickup: pickupRouter,
  site: siteRouter,
  ticket: ticketRouter,
  venuePlan: venuePlanRouter,
  voucher: voucherRouter,
  waitingRoom: waitingRoomRouter,
});

export type AppRouter = typeof appRouter;

/** `noun.verb` of every procedure, as the table of roles names them. */
export type ProcedurePath = PathsOf<AppRouter['_def']['record']>;

type PathsOf<Routes> = {
  [Name in keyof Routes & string]: Routes[Name] extends AnyProcedure
    ? Name
    : `${Name}.${PathsOf<Routes[Name]>}`;
}[keyof Routes & string];

/** What each procedure answers, for the pages that show it. */
export type RouterOutputs = inferRouterOutputs<AppRouter>;

/** Calls procedures in the same process, with a context: for pages rendered on the server and for tests. */
export const createCaller = createCallerFactory(appRouter);
