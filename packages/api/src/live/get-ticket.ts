import { toId, type EventId } from '@catraca/domain';
import { liveTicketTtlMs, signLiveTicket } from '@catraca/domain/live-ticket';
import { ownEvent, ownEventInput } from '../own-event.ts';
import { memberProcedure } from '../trpc.ts';

/** The short-lived text that opens the live feed of an event; asked for right before each connection. */
export const getTicket = memberProcedure.input(ownEventInput).query(async ({ ctx, input }) => {
  const event = await ownEvent(ctx, input);
  const ticket = { eventId: toId<EventId>(event.id), memberId: ctx.member.memberId };
  return {
    token: await signLiveTicket(ticket, ctx.secret, ctx.now),
    expiresAt: new Date(ctx.now.getTime() + liveTicketTtlMs),
  };
});
