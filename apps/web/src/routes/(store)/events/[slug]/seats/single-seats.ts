import { singlesLeft } from '@catraca/domain/seat-map';
import type { Seat, SeatPlan } from './seat-plan.ts';
import type { TakenSeats } from './taken-seats.ts';

/** Seats that a choice would leave alone in their rows, as far as this type's seats tell. */
export function singlesOf(
  plan: SeatPlan,
  chosen: readonly { id: string }[],
  taken: TakenSeats,
): Seat[] {
  const ids = new Set(chosen.map(({ id }) => id));
  return plan.sections
    .flatMap(({ rows }) => rows)
    .filter(({ name, seats }) => name !== '' && seats.some(({ id }) => ids.has(id)))
    .flatMap(({ seats }) => {
      const row = seats.map((seat) => ({
        ...seat,
        isFree: !seat.outOfSale && !taken.has(seat.id),
      }));
      const singles = new Set(singlesLeft(row, ids));
      return seats.filter(({ id }) => singles.has(id));
    });
}
