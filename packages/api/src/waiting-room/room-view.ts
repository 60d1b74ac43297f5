import type { FoundWaitingRoom, ListedPlace } from '@catraca/db';
import { placeState } from '@catraca/domain';

type Room = NonNullable<FoundWaitingRoom['room']>;

/** A waiting room as everybody in it sees it: the same for all, so it is written once for all. Instants in ms. */
export interface RoomView {
  opensAt: number;
  isDrawn: boolean;
  lastNo: number;
  calledNo: number;
  perMinuteMax: number;
  /** Called in a minute lately; null while it is not known. */
  calledPerMinute: number | null;
  turnSeconds: number;
}

/** What one browser sees of its own place. */
export type PlaceView =
  | { kind: 'before_draw' }
  | { kind: 'waiting'; no: number }
  | { kind: 'called'; until: number }
  | { kind: 'entered'; until: number }
  | { kind: 'ended'; entered: boolean; bought: boolean };

export function viewRoom(room: Room, calledPerMinute: number | null): RoomView {
  return {
    opensAt: room.opensAt.getTime(),
    isDrawn: room.drawnAt !== null,
    lastNo: room.lastNo,
    calledNo: room.calledNo,
    perMinuteMax: room.perMinuteMax,
    calledPerMinute,
    turnSeconds: room.turnSeconds,
  };
}

type PlaceRow = Omit<ListedPlace, 'publicId' | 'bought'> & { bought?: boolean };

export function viewPlace(place: PlaceRow, turnSeconds: number, now: Date): PlaceView {
  const facts = {
    no: place.no,
    calledAt: place.calledAt?.getTime() ?? null,
    enteredAt: place.enteredAt?.getTime() ?? null,
    endedAt: place.endedAt?.getTime() ?? null,
  };
  const state = placeState(facts, turnSeconds, now.getTime());
  return state.kind === 'ended' ? { ...state, bought: place.bought ?? false } : state;
}
