import { m } from '#lib/paraglide/messages.js';

/** A seat as it stands on a ticket. At a table there are no rows. */
export function ticketSeat(seat: { section: string; row: string; number: number }): string {
  const number = String(seat.number);
  if (seat.row === '') return m.ticket_seat_at_table({ table: seat.section, number });
  return m.ticket_seat_name({ section: seat.section, row: seat.row, number });
}
