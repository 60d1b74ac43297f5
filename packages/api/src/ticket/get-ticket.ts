import { code128Shape, qrShape } from '@catraca/documents';
import type { TicketRow } from '@catraca/db';
import { storeLook } from '../event/store-look.ts';
import { publicProcedure } from '../trpc.ts';
import { ticketByLink, ticketLinkInput } from './ticket-by-link.ts';

/**
 * A ticket as its holder keeps it, codes and all: everything the page needs to be shown again with no network.
 * A ticket that admits nobody comes without codes.
 */
export const getTicket = publicProcedure.input(ticketLinkInput).query(async ({ ctx, input }) => {
  const { row, isReplaced } = await ticketByLink(ctx, input);
  const state = isReplaced ? ('replaced' as const) : row.status;
  return {
    state,
    checkedAt: ctx.now,
    typeName: row.type.name,
    typeColour: row.type.colour,
    holderName: row.holderName,
    seat: row.seat,
    days: row.days.map(({ no, startsAt, endsAt }) => ({ no, startsAt, endsAt })),
    entrances: row.entrances,
    policy: row.claims.policy,
    codes: state === 'valid' ? codesOf(row) : null,
    event: {
      name: row.event.name,
      venueName: row.event.venueName,
      venueAddress: row.event.venueAddress,
      timeZone: row.event.timeZone,
      look: storeLook(row.event.look),
    },
  };
});

function codesOf({ token, barcode }: TicketRow) {
  return { token, qr: qrShape(token), barcode, bars: code128Shape(barcode, 1) };
}
