import type { SeatDraft } from '../factories/index.ts';

/*
 * The main hall: 2,000 seats in curved rows around the stage, 20 rows of stalls and 11 of balcony, each in three blocks
 * with aisles between them. In seat map units; seats are 10 apart.
 */
const seatStep = 10;
const rowStep = 13;
const aisle = 18;
const balconyGap = 48;
const firstRowRadius = 270;
const centre = { x: 400, y: -60 };

type Block = 'Left' | 'Centre' | 'Right';

interface Row {
  level: 'Stalls' | 'Balcony';
  name: string;
  radius: number;
  seats: Record<Block, number>;
  /** Seats at both ends of each block that a wheelchair reaches without a step. */
  stepFree: number;
}

const stalls = 20;
const balcony = 11;

function rows(): Row[] {
  return Array.from({ length: stalls + balcony }, (_, index) =>
    index < stalls ? stallsRow(index) : balconyRow(index - stalls),
  );
}

/** Longer the farther back. */
function stallsRow(index: number): Row {
  const more = Math.floor(index / 2);
  return {
    level: 'Stalls',
    name: letter(index),
    radius: firstRowRadius + index * rowStep,
    seats: { Left: 14 + more, Centre: 20 + more, Right: 14 + more },
    stepFree: index === 0 || index === stalls - 1 ? 2 : 0,
  };
}

function balconyRow(index: number): Row {
  return {
    level: 'Balcony',
    name: letter(index),
    radius: firstRowRadius + (stalls + index) * rowStep + balconyGap,
    seats: { Left: 20, Centre: 30, Right: 20 },
    stepFree: 0,
  };
}

function letter(index: number): string {
  return String.fromCharCode('A'.charCodeAt(0) + index);
}

/** Seats of each block of each row, in the order of `auditoriumSeats`. */
export function auditoriumRowLengths(): number[] {
  return rows().flatMap(({ seats }) => [seats.Left, seats.Centre, seats.Right]);
}

/** In the order people read them: row by row from the stage, from left to right. */
export function auditoriumSeats(): SeatDraft[] {
  return rows().flatMap((row) =>
    (['Left', 'Centre', 'Right'] as const).flatMap((block) => blockSeats(row, block)),
  );
}

function blockSeats(row: Row, block: Block): SeatDraft[] {
  const count = row.seats[block];
  const width = (count - 1) * seatStep;
  const besideCentre = ((row.seats.Centre - 1) * seatStep) / 2 + aisle;
  const from = { Left: -besideCentre - width, Centre: -width / 2, Right: besideCentre }[block];
  return Array.from({ length: count }, (_, index) => {
    const angle = (from + index * seatStep) / row.radius;
    return {
      section: `${row.level} ${block.toLowerCase()}`,
      row: row.name,
      number: index + 1,
      x: tenth(centre.x + row.radius * Math.sin(angle)),
      y: tenth(centre.y + row.radius * Math.cos(angle)),
      accessible: Math.min(index, count - 1 - index) < row.stepFree,
    };
  });
}

function tenth(value: number): number {
  return Math.round(value * 10) / 10;
}
