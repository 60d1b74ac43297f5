import type { RouterOutputs } from '@catraca/api';

type SeatMapAnswer = RouterOutputs['event']['seatMap'];

/** One place on the seat map, in seat map units: x right, y down, the stage at the top. */
export interface Seat {
  id: string;
  section: string;
  row: string;
  number: number;
  x: number;
  y: number;
  accessible: boolean;
  /** For who comes with somebody on an accessible one. */
  companion: boolean;
  /** Nobody can choose it. */
  outOfSale: boolean;
}

/** A table, a standing block, a stage or a word on the map, around its middle. */
export type Drawn = SeatMapAnswer['drawn'][number];

export interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** A seat map ready to be drawn and walked. */
export interface SeatPlan {
  seats: Seat[];
  sections: { name: string; x: number; y: number; rows: { name: string; seats: Seat[] }[] }[];
  /** Distance of neighbours, which is the size of everything. */
  pitch: number;
  /** Null where the map has a stage of its own. */
  stage: Box | null;
  drawn: readonly Drawn[];
  /** Who would leave one seat alone is asked to choose otherwise. */
  noSingleSeats: boolean;
  /** Everything that is drawn. */
  bounds: Box;
}

/** The plan of a hall from the rows the API lists; sections and rows nearest to the stage come first. */
export function planOf({ rows, drawn, noSingleSeats }: SeatMapAnswer): SeatPlan {
  const filled = rows.map(({ section, row, seats }) => ({
    section,
    name: row,
    seats: seats.map((seat) => ({ ...seat, section, row })),
  }));
  const hall = boxOf(filled.flatMap((row) => row.seats));
  const pitch = pitchOf(filled.map((row) => row.seats));
  const front = {
    left: hall.left + hall.width * 0.25,
    top: hall.top - pitch * 5,
    width: hall.width * 0.5,
    height: pitch * 2.5,
  };
  const ownStage = drawn.find(({ shape }) => shape === 'stage');
  const toward = ownStage ?? middleOf(front);
  const toStage = (seats: Seat[]) => {
    const at = middleOf(boxOf(seats));
    return Math.hypot(at.x - toward.x, at.y - toward.y);
  };
  const nearestFirst = (a: { seats: Seat[] }, b: { seats: Seat[] }) =>
    toStage(a.seats) - toStage(b.seats);
  const sections = [...Map.groupBy(filled, (row) => row.section)]
    .map(([name, ofSection]) => ({
      name,
      rows: ofSection.toSorted(nearestFirst),
      seats: ofSection.flatMap((row) => row.seats),
    }))
    .sort(nearestFirst)
    .map(({ name, rows, seats }) => ({ name, rows, ...middleOf(boxOf(seats)) }));
  return {
    seats: sections.flatMap((section) => section.rows.flatMap((row) => row.seats)),
    sections,
    pitch,
    stage: ownStage ? null : front,
    drawn,
    noSingleSeats,
    bounds: boundsOf([hall, ...(ownStage ? [] : [front]), ...drawn.map(boxOfDrawn)], pitch * 1.5),
  };
}

function boundsOf(boxes: Box[], margin: number): Box {
  const left = Math.min(...boxes.map((box) => box.left)) - margin;
  const top = Math.min(...boxes.map((box) => box.top)) - margin;
  const right = Math.max(...boxes.map((box) => box.left + box.width)) + margin;
  const bottom = Math.max(...boxes.map((box) => box.top + box.height)) + margin;
  return { left, top, width: right - left, height: bottom - top };
}

/** However it is turned. */
function boxOfDrawn({ x, y, width, height }: Drawn): Box {
  const side = Math.hypot(width, height);
  return { left: x - side / 2, top: y - side / 2, width: side, height: side };
}

function middleOf(box: Box): { x: number; y: number } {
  return { x: box.left + box.width / 2, y: box.top + box.height / 2 };
}

/** How close neighbours in a row stand where the hall is densest; 1 for a hall of single seats. */
function pitchOf(rows: Seat[][]): number {
  const gaps = rows
    .flatMap((row) =>
      row.slice(1).map((seat, index) => {
        const before = row[index];
        return before ? Math.hypot(seat.x - before.x, seat.y - before.y) : 0;
      }),
    )
    .filter((gap) => gap > 0)
    .sort((a, b) => a - b);
  // The twentieth part may be even closer: a plan has its misprints.
  return gaps[Math.floor(gaps.length / 20)] ?? 1;
}

function boxOf(seats: Seat[]): Box {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { x, y } of seats) {
    left = Math.min(left, x);
    right = Math.max(right, x);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
  }
  return { left, top, width: right - left, height: bottom - top };
}
