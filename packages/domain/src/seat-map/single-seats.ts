/** A seat of a row, and whether it can be had. Seats out of sale are taken for ever. */
export interface RowSeat<Id> {
  id: Id;
  x: number;
  y: number;
  /** Nobody has it, but for the buyer whose choice it is. */
  isFree: boolean;
  /** A place for a wheelchair may stay alone: who needs it comes with the seats beside it or without. */
  accessible: boolean;
}

/** Two seats of a row that are farther apart than so many times its usual gap have an aisle between them. */
const aisleFrom = 1.6;

/**
 * The free seats of a row that a choice would leave alone: with nobody's seat free on either side, where one was free before. None when the
 * buyer could not have done better in this row: no stretch of free seats is exactly as long as what they want, or longer by two or more.
 */
export function singlesLeft<Id>(row: readonly RowSeat<Id>[], chosen: ReadonlySet<Id>): Id[] {
  const wanted = row.filter(({ id }) => chosen.has(id)).length;
  if (wanted === 0) return [];
  const stretches = freeStretches(row);
  const singles = stretches
    .filter((stretch) => stretch.some(({ id }) => chosen.has(id)))
    .flatMap((stretch) => aloneIn(stretch, chosen));
  if (singles.length === 0) return [];
  const couldDoBetter = stretches.some(({ length }) => length === wanted || length >= wanted + 2);
  return couldDoBetter ? singles : [];
}

/** Seats of a stretch that are left between two that are gone. */
function aloneIn<Id>(stretch: readonly RowSeat<Id>[], chosen: ReadonlySet<Id>): Id[] {
  const isLeft = (seat: RowSeat<Id> | undefined) => seat !== undefined && !chosen.has(seat.id);
  return stretch
    .filter(
      (seat, place) => isLeft(seat) && !isLeft(stretch[place - 1]) && !isLeft(stretch[place + 1]),
    )
    .filter(({ accessible }) => !accessible)
    .map(({ id }) => id);
}

/** Free seats that are next to each other, from one end of the row to the other. */
function freeStretches<Id>(row: readonly RowSeat<Id>[]): RowSeat<Id>[][] {
  const seats = fromEndToEnd(row);
  const gaps = seats.slice(1).map((seat, index) => distance(seats[index] ?? seat, seat));
  const usual = Math.min(...gaps);
  const stretches: RowSeat<Id>[][] = [[]];
  for (const [index, seat] of seats.entries()) {
    const isApart = (gaps[index - 1] ?? 0) > usual * aisleFrom;
    if (isApart || !seat.isFree) stretches.push([]);
    if (seat.isFree) stretches.at(-1)?.push(seat);
  }
  return stretches.filter(({ length }) => length > 0);
}

/** Numbers do not tell who sits beside whom (odd left, even right), places do: along the line between the two ends. */
function fromEndToEnd<Id>(row: readonly RowSeat<Id>[]): RowSeat<Id>[] {
  const [first] = row;
  if (!first) return [];
  const end = farthestFrom(row, first);
  const other = farthestFrom(row, end);
  const along = ({ x, y }: RowSeat<Id>) =>
    (x - end.x) * (other.x - end.x) + (y - end.y) * (other.y - end.y);
  return row.toSorted((a, b) => along(a) - along(b));
}

function farthestFrom<Id>(row: readonly RowSeat<Id>[], from: RowSeat<Id>): RowSeat<Id> {
  return row.reduce((far, seat) => (distance(seat, from) > distance(far, from) ? seat : far), from);
}

function distance(a: { x: number; y: number }, b: { x: number; y: number }): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}
