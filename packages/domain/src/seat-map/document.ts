/*
 * A hall as its organizer draws it, in seat map units (x right, y down, the stage at the top). Seats are computed from it
 * (`seats-of.ts`) and never drawn one by one.
 */

/** How the seats of a row are numbered. */
export interface Numbering {
  /** The first number: at the end where they begin, or beside the middle with `odd_even`. */
  start: number;
  /** `odd_even`: odd numbers outwards to the left of the middle, even ones to the right. */
  scheme: 'left_to_right' | 'right_to_left' | 'odd_even';
  /** Between numbers: 1, or 2 for rows that count only odd or even ones. Without effect on `odd_even`. */
  step: number;
}

/** Seats of a row that differ from the others, by their place in it from the left (0 is the first). */
export interface SeatMarks {
  /** Category by place, where it is not the section's. */
  categories: Record<number, string>;
  /** Not sold: a pillar, a camera, kept by the house. */
  outOfSale: number[];
  /** For wheelchairs. */
  accessible: number[];
  /** Seats for those who come with somebody on an accessible one. */
  companions: number[];
}

export interface SeatRow {
  /** As it stands on the ticket: `A`, `12`. Unique in its section. */
  name: string;
  seats: number;
  numbering: Numbering;
  /** How far the row bends: 0 is straight, 1 is a half circle towards the stage. */
  curve: number;
  /** Moved sideways against the section's other rows, in seats. */
  shift: number;
  marks: SeatMarks;
}

interface Placed {
  /** Names it in the editor; unique in the document, and kept for ever. */
  id: string;
  /** As it stands on the ticket. Unique in the document. */
  name: string;
  x: number;
  y: number;
  /** Degrees, clockwise. */
  rotation: number;
}

/** Rows of seats, one behind the other. */
export interface SeatSection extends Placed {
  kind: 'rows';
  /** The category of its seats. */
  category: string;
  /** Between two seats, and between two rows. */
  seatGap: number;
  rowGap: number;
  rows: SeatRow[];
}

/** A table with seats around it: they are numbered from 1, clockwise from the top, and have no row. */
export interface SeatTable extends Placed {
  kind: 'table';
  category: string;
  shape: 'round' | 'square';
  seats: number;
  radius: number;
  marks: SeatMarks;
}

/** Where people stand: sold by number, as tickets of its category's type, and not by place. */
export interface StandingBlock extends Placed {
  kind: 'standing';
  category: string;
  width: number;
  height: number;
  capacity: number;
}

/** A stage, a door, a word: for orientation. */
export interface SeatMapLabel extends Placed {
  kind: 'label';
  shape: 'stage' | 'text';
  width: number;
  height: number;
}

/** What a place costs: the type that is sold with it. Seats need one that has seats, standing blocks one that has none. */
export interface SeatCategory {
  key: string;
  /** The type's public number in the event (`pass_types.no`). */
  typeNo: number;
}

export interface SeatMapDocument {
  format: 1;
  width: number;
  height: number;
  categories: SeatCategory[];
  items: (SeatSection | SeatTable | StandingBlock | SeatMapLabel)[];
}
