import { seatsOf, type SeatMapDocument, type SeatSection } from '@catraca/domain/seat-map';
import type { SeatDraft } from '../factories/index.ts';

/*
 * The main hall: 2,000 seats in curved rows around the stage, 20 rows of stalls and 11 of balcony, each in three blocks
 * with aisles between them. In seat map units; seats are 10 apart.
 */
const seatGap = 10;
const rowGap = 13;
const aisle = 18;
const balconyGap = 48;
const firstRowRadius = 270;
const stalls = 20;
const balcony = 11;

/** All rows are circles around it. */
const centre = { x: 400, y: -60 };

/** Of the hall's only type in the map. */
const category = 'hall';

type Block = 'left' | 'centre' | 'right';
const blocks: readonly Block[] = ['left', 'centre', 'right'];

interface Row {
  radius: number;
  seats: Record<Block, number>;
  /** Seats at both ends of each block that a wheelchair reaches without a step. */
  stepFree: number;
}

/** Longer the farther back. */
const stallsRows = Array.from({ length: stalls }, (_, index): Row => {
  const more = Math.floor(index / 2);
  return {
    radius: firstRowRadius + index * rowGap,
    seats: { left: 14 + more, centre: 20 + more, right: 14 + more },
    stepFree: index === 0 || index === stalls - 1 ? 2 : 0,
  };
});

const balconyRows = Array.from({ length: balcony }, (_, index): Row => ({
  radius: firstRowRadius + (stalls + index) * rowGap + balconyGap,
  seats: { left: 20, centre: 30, right: 20 },
  stepFree: 0,
}));

const levels = [
  { name: 'Stalls', rows: stallsRows },
  { name: 'Balcony', rows: balconyRows },
];

/** The hall as its organizer would have drawn it. `typeNo`: the public number of the type of its seats. */
export function auditoriumMap(typeNo: number): SeatMapDocument {
  return {
    ...{ format: 1, width: 800, height: 760, categories: [{ key: category, typeNo }] },
    items: [
      {
        ...{ kind: 'label', id: 'stage', name: 'Stage', shape: 'stage' },
        ...{ x: centre.x, y: 110, rotation: 0, width: 200, height: 56 },
      },
      ...levels.flatMap(({ name, rows }) => blocks.map((block) => sectionOf(name, rows, block))),
    ],
  };
}

/** In the order people read them: row by row from the stage, from left to right. */
export function auditoriumSeats(): SeatDraft[] {
  return auditoriumRows().flat();
}

/** Seats of each block of each row, in the order of `auditoriumSeats`. */
export function auditoriumRowLengths(): number[] {
  return levels.flatMap(({ rows }) => rows.flatMap(({ seats }) => blocks.map((of) => seats[of])));
}

function auditoriumRows(): SeatDraft[][] {
  const seats = seatsOf(auditoriumMap(1));
  return levels.flatMap(({ name }) => {
    const ofLevel = seats.filter(({ section }) => section.startsWith(name));
    return [...Map.groupBy(ofLevel, ({ row }) => row).values()];
  });
}

function sectionOf(level: string, rows: readonly Row[], block: Block): SeatSection {
  const angles = rows.map((row) => angleOf(row, block));
  const angle = angles.reduce((sum, of) => sum + of, 0) / angles.length;
  const radius = rows[0]?.radius ?? firstRowRadius;
  const name = `${level} ${block}`;
  return {
    ...{ kind: 'rows', id: name, name, category, seatGap, rowGap },
    x: centre.x + radius * Math.sin(angle),
    y: centre.y + radius * Math.cos(angle),
    rotation: (-angle * 180) / Math.PI,
    rows: rows.map((row, index) => {
      const count = row.seats[block];
      return {
        ...{ name: String.fromCharCode('A'.charCodeAt(0) + index), seats: count },
        numbering: { start: 1, scheme: 'left_to_right', step: 1 },
        curve: ((count - 1) * seatGap) / (row.radius * Math.PI),
        shift: ((angleOf(row, block) - angle) * row.radius) / seatGap,
        marks: { categories: {}, outOfSale: [], companions: [], accessible: stepFree(row, count) },
      };
    }),
  };
}

/** Where the middle of a row's block stands on its circle. Radians to the right of the middle of the hall. */
function angleOf({ radius, seats }: Row, block: Block): number {
  if (block === 'centre') return 0;
  const besideCentre = ((seats.centre - 1) * seatGap) / 2 + aisle;
  const middle = besideCentre + ((seats[block] - 1) * seatGap) / 2;
  return (block === 'left' ? -middle : middle) / radius;
}

function stepFree({ stepFree: atEnds }: Row, count: number): number[] {
  return Array.from({ length: count }, (_, place) => place).filter(
    (place) => Math.min(place, count - 1 - place) < atEnds,
  );
}
