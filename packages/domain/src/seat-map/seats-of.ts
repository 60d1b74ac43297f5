import type {
  Numbering,
  SeatMapDocument,
  SeatMarks,
  SeatRow,
  SeatSection,
  SeatTable,
} from './document.ts';

/** A seat as it follows from a map, in seat map units. */
export interface SeatPlace {
  /** The item of the map that it is of. */
  mapItem: string;
  section: string;
  /** Empty at a table. */
  row: string;
  number: number;
  x: number;
  y: number;
  /** The key of its category. */
  category: string;
  accessible: boolean;
  companion: boolean;
  outOfSale: boolean;
}

/** A seat by which people find it. Unique in a sound document. */
export function seatKey({
  section,
  row,
  number,
}: Pick<SeatPlace, 'section' | 'row' | 'number'>): string {
  return `${section}\n${row}\n${number}`;
}

/** All seats of a map: item by item, row by row, from left to right as they are drawn. */
export function seatsOf(document: SeatMapDocument): SeatPlace[] {
  return document.items.flatMap((item) => {
    if (item.kind === 'rows') return seatsOfSection(item);
    return item.kind === 'table' ? seatsOfTable(item) : [];
  });
}

export function seatsOfSection(section: SeatSection): SeatPlace[] {
  const turn = turner(section);
  return section.rows.flatMap((row, index) =>
    Array.from({ length: row.seats }, (_, place) => {
      const at = placeInRow(section, row, place);
      return {
        ...{ mapItem: section.id, section: section.name, row: row.name },
        number: numberAt(row.numbering, place, row.seats),
        ...turn(at.x, at.y + index * section.rowGap),
        ...marksAt(row.marks, place, section.category),
      };
    }),
  );
}

export function seatsOfTable(table: SeatTable): SeatPlace[] {
  const turn = turner(table);
  return Array.from({ length: table.seats }, (_, place) => {
    const at = placeAtTable(table, place);
    return {
      ...{ mapItem: table.id, section: table.name, row: '', number: place + 1 },
      ...turn(at.x, at.y),
      ...marksAt(table.marks, place, table.category),
    };
  });
}

/** A row that bends less is straight: its circle would be too large to reckon with. */
const curveMin = 0.001;

/** Along the row, which bends towards the stage: an arc of so many half circles. */
function placeInRow(section: SeatSection, row: SeatRow, place: number): { x: number; y: number } {
  const along = (place - (row.seats - 1) / 2 + row.shift) * section.seatGap;
  const length = (row.seats - 1) * section.seatGap;
  if (row.curve < curveMin || length === 0) return { x: along, y: 0 };
  const radius = length / (row.curve * Math.PI);
  const angle = along / radius;
  return { x: radius * Math.sin(angle), y: radius * (Math.cos(angle) - 1) };
}

/** From the top, clockwise. Around a square table the seats are as far apart along its sides. */
function placeAtTable(
  { shape, seats, radius }: SeatTable,
  place: number,
): { x: number; y: number } {
  const part = place / seats;
  if (shape === 'round') {
    const angle = part * 2 * Math.PI;
    return { x: radius * Math.sin(angle), y: -radius * Math.cos(angle) };
  }
  // Eighths of the way around, from the middle of the upper side.
  const [side, rest] = [Math.floor((part * 4 + 0.5) % 4), (part * 4 + 0.5) % 1];
  const along = (2 * rest - 1) * radius;
  const corners = [
    { x: along, y: -radius },
    { x: radius, y: along },
    { x: -along, y: radius },
    { x: -radius, y: -along },
  ];
  return corners[side] ?? { x: 0, y: 0 };
}

function numberAt({ scheme, start, step }: Numbering, place: number, seats: number): number {
  if (scheme === 'left_to_right') return start + place * step;
  if (scheme === 'right_to_left') return start + (seats - 1 - place) * step;
  const left = Math.ceil(seats / 2);
  return place < left ? start + 2 * (left - 1 - place) : start + 1 + 2 * (place - left);
}

function marksAt(marks: SeatMarks, place: number, category: string) {
  return {
    category: marks.categories[place] ?? category,
    accessible: marks.accessible.includes(place),
    companion: marks.companions.includes(place),
    outOfSale: marks.outOfSale.includes(place),
  };
}

function turner(placed: { x: number; y: number; rotation: number }) {
  const angle = (placed.rotation * Math.PI) / 180;
  const [sin, cos] = [Math.sin(angle), Math.cos(angle)];
  return (x: number, y: number) => ({
    x: hundredth(placed.x + x * cos - y * sin),
    y: hundredth(placed.y + x * sin + y * cos),
  });
}

function hundredth(value: number): number {
  // Adding 0 makes 0 of -0, which JSON does not know.
  return Math.round(value * 100) / 100 + 0;
}
