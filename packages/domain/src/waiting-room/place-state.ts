import { enterWithinMs } from './limits.ts';

/** What is known of a place; instants in ms. */
export interface PlaceFacts {
  /** Null before the draw. */
  readonly no: number | null;
  readonly calledAt: number | null;
  readonly enteredAt: number | null;
  readonly endedAt: number | null;
}

export type PlaceState =
  /** The draw comes first. */
  | { kind: 'before_draw' }
  | { kind: 'waiting'; no: number }
  /** It may go in until `until`. */
  | { kind: 'called'; until: number }
  /** It may shop until `until`. */
  | { kind: 'entered'; until: number }
  /** Its turn is over; `entered` tells whether it was used. */
  | { kind: 'ended'; entered: boolean };

/** Where a place stands at an instant (SPEC W-8 to W-10). Times that are over count, whether or not anybody wrote it down. */
export function placeState(place: PlaceFacts, turnSeconds: number, now: number): PlaceState {
  const entered = place.enteredAt !== null;
  if (place.endedAt !== null) return { kind: 'ended', entered };
  if (place.no === null) return { kind: 'before_draw' };
  if (place.calledAt === null) return { kind: 'waiting', no: place.no };
  const until = entered ? place.enteredAt + turnSeconds * 1000 : place.calledAt + enterWithinMs;
  if (now >= until) return { kind: 'ended', entered };
  return { kind: entered ? 'entered' : 'called', until };
}
