import { router } from '../trpc.ts';
import { checkTicket } from './check-ticket.ts';
import { getTicket } from './get-ticket.ts';

/** A ticket for whoever has its signed address. */
export const ticketRouter = router({ get: getTicket, check: checkTicket });
