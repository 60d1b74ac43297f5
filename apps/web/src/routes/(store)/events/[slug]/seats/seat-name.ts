import { m } from '#lib/paraglide/messages.js';
import type { SeatStatus } from './paint-seats.ts';
import type { Seat } from './seat-plan.ts';

/** A seat as people look for it in the hall: section, row, number. */
export function seatName(seat: Pick<Seat, 'section' | 'row' | 'number'>): string {
  if (seat.row === '') return m.store_seat_at_table({ table: seat.section, number: seat.number });
  return m.store_seat_name({ section: seat.section, row: seat.row, number: seat.number });
}

/** A seat as it is read out: its name, what it is to this buyer, its price, and whether a wheelchair fits. */
export function describeSeat(seat: Seat, status: SeatStatus, price: string): string {
  const words = [seatName(seat), statusWords[status]()];
  if (seat.companion) words.push(m.store_seat_companion());
  if (seat.accessible) words.push(m.store_seat_accessible());
  if (status === 'free' || status === 'chosen') words.push(price);
  return words.join(', ');
}

const statusWords: Record<SeatStatus, () => string> = {
  free: () => m.store_seat_free(),
  chosen: () => m.store_seat_chosen(),
  held: () => m.store_seat_held(),
  sold: () => m.store_seat_sold(),
  closed: () => m.store_seat_closed(),
};
