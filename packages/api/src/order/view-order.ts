import { findTickets, type StoreOrder, type TicketRow } from '@catraca/db';
import type { ApiContext } from '../context.ts';
import { storeLook } from '../event/store-look.ts';
import { publicProcedure } from '../trpc.ts';
import { getSigningKey, ticketUrl } from '../tickets/ticket-link.ts';
import { orderByLink, orderLinkInput } from './order-by-link.ts';

/** An order for whoever has its signed link: how it stands, and the tickets in it. */
export const viewOrder = publicProcedure.input(orderLinkInput).query(async ({ ctx, input }) => {
  const found = await orderByLink(ctx, input);
  const { order, event, buyer, hold } = found;
  const rows = await findTickets(
    ctx.db,
    found.passes.map(({ id }) => id),
  );
  const { publicId, reference, state, closedReason, currency, totalMinor, paidAt } = order;
  return {
    ...{ publicId, reference, state, closedReason, currency, totalMinor, paidAt },
    holdExpiresAt: hold?.state === 'active' ? hold.expiresAt : null,
    mailedTo: buyer.email && maskEmail(buyer.email),
    event: {
      slug: event.slug,
      name: event.name,
      venueName: event.venueName,
      venueAddress: event.venueAddress,
      timeZone: event.timeZone,
      look: storeLook(event.look),
    },
    lines: positionsOf(found),
    /** Within the total. */
    taxMinor: found.lines.reduce((sum, line) => sum + line.taxMinor, 0),
    tickets: await viewTickets(ctx, rows),
    refunds: found.refunds,
  };
});

/** Whoever is shown the page need not be the buyer: enough to recognize an address, not to learn it. */
function maskEmail(email: string): string {
  return email.replace(/^(.)[^@]*/, '$1•••');
}

/** Lines that differ in nothing a buyer sees, as one with a quantity. */
function positionsOf({ lines }: StoreOrder) {
  const same = Map.groupBy(lines, (line) =>
    JSON.stringify([line.typeName, line.priceMinor, line.feeMinor]),
  );
  return [...same.values()].flatMap((group) =>
    group.slice(0, 1).map(({ typeName, priceMinor, feeMinor }) => ({
      typeName,
      seats: group.flatMap(({ seat }) => seat ?? []),
      quantity: group.length,
      priceMinor: (priceMinor + feeMinor) * group.length,
    })),
  );
}

async function viewTickets({ db, masterKey, links }: ApiContext, rows: TicketRow[]) {
  if (rows.length === 0) return [];
  const key = await getSigningKey(db, masterKey);
  return Promise.all(
    rows.map(async (row) => ({
      publicId: row.publicId,
      status: row.status,
      typeName: row.type.name,
      typeColour: row.type.colour,
      holderName: row.holderName,
      seat: row.seat,
      days: row.days.map(({ no, startsAt, endsAt }) => ({ no, startsAt, endsAt })),
      url: await ticketUrl(row, key, links),
    })),
  );
}
