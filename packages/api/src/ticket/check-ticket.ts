import { publicProcedure } from '../trpc.ts';
import { ticketByLink, ticketLinkInput } from './ticket-by-link.ts';

/** Whether a ticket still opens the gate: what a page that was kept asks when it has a network. */
export const checkTicket = publicProcedure.input(ticketLinkInput).query(async ({ ctx, input }) => {
  const { row, isReplaced } = await ticketByLink(ctx, input);
  return { state: isReplaced ? ('replaced' as const) : row.status, checkedAt: ctx.now };
});
