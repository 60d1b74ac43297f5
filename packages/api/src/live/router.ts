import { router } from '../trpc.ts';
import { getPlan } from './get-plan.ts';
import { getTicket } from './get-ticket.ts';

export const liveRouter = router({
  plan: getPlan,
  ticket: getTicket,
});
