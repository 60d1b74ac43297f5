import type { Seat, SeatPlan } from './seat-plan.ts';

/** A step a keyboard can take from seat to seat. */
export type Step =
  'left' | 'right' | 'up' | 'down' | 'row_start' | 'row_end' | 'next_section' | 'previous_section';

const steps = new Map<string, Step>([
  ['ArrowLeft', 'left'],
  ['ArrowRight', 'right'],
  ['ArrowUp', 'up'],
  ['ArrowDown', 'down'],
  ['Home', 'row_start'],
  ['End', 'row_end'],
  ['PageDown', 'next_section'],
  ['PageUp', 'previous_section'],
]);

/** The step a key stands for. */
export function stepOfKey(key: string): Step | undefined {
  return steps.get(key);
}

/** Where a step leads; the same seat at the edge of the hall. */
export function seatAfter(plan: SeatPlan, from: Seat, step: Step): Seat {
  const inRow = plan.seats.filter((seat) => isSameRow(seat, from));
  switch (step) {
    case 'left':
    case 'right':
      return beside(plan, inRow, from, step === 'left' ? -1 : 1) ?? from;
    case 'up':
    case 'down':
      return ahead(plan, from, step === 'up' ? -1 : 1) ?? from;
    case 'row_start':
      return leftmost(inRow) ?? from;
    case 'row_end':
      return leftmost(inRow, -1) ?? from;
    case 'next_section':
    case 'previous_section':
      return inOtherSection(plan, from, step === 'next_section' ? 1 : -1);
  }
}

function isSameRow(a: Seat, b: Seat): boolean {
  return a.section === b.section && a.row === b.row;
}

/** The neighbour in the row; past its end, the nearest seat across the aisle. */
function beside(plan: SeatPlan, inRow: Seat[], from: Seat, way: 1 | -1): Seat | undefined {
  const along = (seat: Seat) => (seat.x - from.x) * way;
  const neighbour = nearest(inRow, (seat) => (along(seat) > 0 ? along(seat) : undefined));
  if (neighbour) return neighbour;
  return nearest(plan.seats, (seat) => {
    if (seat.section === from.section || along(seat) <= 0) return undefined;
    return along(seat) + 3 * Math.abs(seat.y - from.y);
  });
}

/** The nearest seat of another row, towards the stage (-1) or away from it. */
function ahead(plan: SeatPlan, from: Seat, way: 1 | -1): Seat | undefined {
  return nearest(plan.seats, (seat) => {
    const forward = (seat.y - from.y) * way;
    if (forward <= plan.pitch * 0.25 || isSameRow(seat, from)) return undefined;
    return forward + 2 * Math.abs(seat.x - from.x);
  });
}

function leftmost(seats: Seat[], way: 1 | -1 = 1): Seat | undefined {
  return nearest(seats, (seat) => seat.x * way);
}

/** The front of the next or previous section, in the order of the plan; after the last comes the first. */
function inOtherSection(plan: SeatPlan, from: Seat, by: 1 | -1): Seat {
  const at = plan.sections.findIndex(({ name }) => name === from.section);
  const section = plan.sections.at((at + by) % plan.sections.length);
  return section?.rows[0]?.seats[0] ?? from;
}

/** The seat with the lowest cost; one without a cost does not count. */
function nearest(seats: Seat[], cost: (seat: Seat) => number | undefined): Seat | undefined {
  let best: Seat | undefined;
  let lowest = Infinity;
  for (const seat of seats) {
    const value = cost(seat);
    if (value !== undefined && value < lowest) {
      best = seat;
      lowest = value;
    }
  }
  return best;
}
