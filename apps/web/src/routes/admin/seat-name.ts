import { m } from '#lib/paraglide/messages.js';

/** `Stalls · row C · seat 12`; undefined for a pass without a seat. */
export function seatName(
  seat: {
    section: string | null;
    row: string | null;
    number: number | null;
  } | null,
): string | undefined {
  if (!seat?.section || seat.row === null || seat.number === null) return undefined;
  if (seat.row === '') return m.admin_seat_at_table({ table: seat.section, number: seat.number });
  return m.admin_seat({ section: seat.section, row: seat.row, number: seat.number });
}
