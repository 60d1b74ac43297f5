/** So many different types in one cart: more is a program, not a person. */
export const holdLinesMax = 20;

/** Units of a type, or the very seats. A type is named once. */
export type HoldRequestLine =
  | { typeId: bigint; quantity: number; seatIds?: undefined }
  | { typeId: bigint; seatIds: readonly bigint[]; quantity?: undefined };

export interface HoldRequest {
  eventId: bigint;
  lines: readonly HoldRequestLine[];
  /** The public id of the buyer's hold so far: its units and seats count as free, and it ends if this one begins. */
  replaces?: string | undefined;
  /** A hold of another event refuses this one instead of giving way to it. */
  keepsOther?: boolean | undefined;
  /** Keyed hash of the buyer's network, for the event's limit; null for a desk, which has none. */
  networkKey?: Uint8Array | null | undefined;
  /** The place in the waiting room that lets the buyer in, where there is one. */
  waitingPlaceId?: bigint | null | undefined;
  /** Where it is sold; the shop, where nothing is said. */
  channel?: 'web' | 'desk' | undefined;
  /** A code that shows hidden types or lowers prices, as it was typed. */
  code?: string | null | undefined;
}

/** A line that makes sense. */
export interface HoldLine {
  typeId: bigint;
  quantity: number;
  seatIds: bigint[];
  seated: boolean;
}

/** The lines in type id order with their seats in id order, or undefined when they make no sense. */
export function parseLines(request: readonly HoldRequestLine[]): HoldLine[] | undefined {
  const lines = request
    .map((line) => ({
      typeId: line.typeId,
      quantity: line.seatIds ? line.seatIds.length : line.quantity,
      seatIds: [...(line.seatIds ?? [])].sort(byId),
      seated: line.seatIds !== undefined,
    }))
    .sort((a, b) => byId(a.typeId, b.typeId));
  const seatIds = lines.flatMap((line) => line.seatIds);
  const makesSense =
    lines.length >= 1 &&
    lines.length <= holdLinesMax &&
    lines.every((line) => Number.isSafeInteger(line.quantity) && line.quantity >= 1) &&
    new Set(lines.map((line) => line.typeId)).size === lines.length &&
    new Set(seatIds).size === seatIds.length;
  return makesSense ? lines : undefined;
}

function byId(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
