import type { RouterOutputs } from '@catraca/api';
import type { Hold } from '../../../cart.svelte.ts';

/** Seats that somebody else has. */
export type TakenSeats = ReadonlyMap<string, 'held' | 'sold'>;

/** The stream tells of everybody's seats: those the buyer holds are free for the buyer. */
export function ownSeats(hold: Hold | null, typeNo: number): ReadonlySet<string> {
  const lines = hold?.lines.filter((line) => line.typeNo === typeNo) ?? [];
  return new Set(lines.flatMap(({ seats }) => seats.map(({ id }) => id)));
}

/** From the stream's `whole`. */
export function wholeOf(data: string, own: ReadonlySet<string>): TakenSeats {
  const seats = JSON.parse(data) as [string, 'held' | 'sold'][];
  return new Map(seats.filter(([id]) => !own.has(id)));
}

/** By the stream's `change`. */
export function changed(before: TakenSeats, data: string, own: ReadonlySet<string>): TakenSeats {
  const after = new Map(before);
  for (const [id, now] of JSON.parse(data) as [string, 'free' | 'held' | 'sold'][]) {
    if (now === 'free' || own.has(id)) after.delete(id);
    else after.set(id, now);
  }
  return after;
}

/** From the answer of `event.takenSeats`. */
export function answered({ held, sold }: RouterOutputs['event']['takenSeats']): TakenSeats {
  return new Map([
    ...held.map((id) => [id, 'held'] as const),
    ...sold.map((id) => [id, 'sold'] as const),
  ]);
}
