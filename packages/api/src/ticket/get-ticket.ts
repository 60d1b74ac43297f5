import { code128Shape, qrShape } from '@catraca/documents';
import { findConfirmation, findConfirmationRound, type TicketRow } from '@catraca/db';
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
  const round = await findConfirmationRound(ctx.db, row.event.id);
  const isOpen = round !== undefined && ctx.now >= round.opensAt && ctx.now < round.closesAt;
  const said = isOpen ? await findConfirmation(ctx.db, row.passId) : undefined;
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
    /** The organizer asks the holder to confirm, and they have not yet. */
    asksToConfirm: state === 'valid' && isOpen && !said?.confirmedAt,
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
