import { seatKey, type SeatPlace } from '@catraca/domain/seat-map';

/** A seat as it is stored, and who has it. */
export interface StoredSeat {
  id: bigint;
  typeId: bigint;
  site: number;
  section: string;
  row: string;
  number: number;
  outOfSale: boolean;
  isTaken: boolean;
  /** Lines, passes or exchanges name it: the row stays. */
  isNamed: boolean;
}

/** A seat as a map wants it. */
export interface WantedSeat extends SeatPlace {
  typeId: bigint;
}

export interface SeatsToWrite {
  added: WantedSeat[];
  changed: { id: bigint; seat: WantedSeat }[];
  /** No longer on the map: kept, out of sale. */
  kept: StoredSeat[];
  removed: StoredSeat[];
  /** Taken seats that the map has no longer, or under another type. */
  lost: StoredSeat[];
  /** Seats that another site sells, which the map has no longer, takes out of sale or sells as another type. */
  elsewhere: StoredSeat[];
}

/** What makes the wanted seats of the stored ones. Seats are who they are by section, row and number. */
export function planSeats(
  stored: readonly StoredSeat[],
  wanted: readonly WantedSeat[],
  site: number,
): SeatsToWrite {
  const rest = new Map(stored.map((seat) => [seatKey(seat), seat]));
  const plan: SeatsToWrite = {
    ...{ added: [], changed: [], kept: [], removed: [], lost: [], elsewhere: [] },
  };
  for (const seat of wanted) {
    const before = rest.get(seatKey(seat));
    rest.delete(seatKey(seat));
    if (!before) {
      plan.added.push(seat);
      continue;
    }
    const isOtherType = before.typeId !== seat.typeId;
    if (isOtherType && before.isTaken) plan.lost.push(before);
    const isMoved = isOtherType || before.outOfSale !== seat.outOfSale;
    if (isMoved && before.site !== site) plan.elsewhere.push(before);
    plan.changed.push({ id: before.id, seat });
  }
  for (const seat of rest.values()) {
    const isGoneAlready = seat.outOfSale && !seat.isTaken;
    if (seat.site !== site && !isGoneAlready) plan.elsewhere.push(seat);
    else if (seat.isTaken) plan.lost.push(seat);
    else if (seat.isNamed) plan.kept.push(seat);
    else plan.removed.push(seat);
  }
  return plan;
}
