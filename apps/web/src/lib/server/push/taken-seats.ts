import type { TakenSeat } from '@catraca/db';

/** Seats that somebody has, by their id. */
export type TakenSeats = ReadonlyMap<string, 'held' | 'sold'>;

export type SeatChange = readonly [seatId: string, now: 'free' | 'held' | 'sold'];

export function takenOf(seats: readonly TakenSeat[]): TakenSeats {
  return new Map(
    seats.map(({ id, holdPublicId }) => [String(id), holdPublicId === null ? 'sold' : 'held']),
  );
}

/** What makes `after` of `before`. */
export function seatChanges(before: TakenSeats, after: TakenSeats): SeatChange[] {
  const freed = [...before.keys()].filter((id) => !after.has(id));
  const taken = [...after].filter(([id, state]) => before.get(id) !== state);
  return [...freed.map((id) => [id, 'free'] as const), ...taken];
}
