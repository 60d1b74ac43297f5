import type { SeatMapDocument, SeatSection } from '@catraca/domain/seat-map';

/** A hall of so many seats, in bent sections of five hundred around a stage, with some tables. */
export function drawHall(seats: number, typeNo: number): SeatMapDocument {
  const sections = Math.max(1, Math.round(seats / seatsPerSection));
  return {
    ...{ format: 1, width: 2_000, height: 2_000, categories: [{ key: 'a', typeNo }] },
    items: Array.from({ length: sections }, (_, index) => section(index)),
  };
}

const seatsPerSection = 500;
const across = 3;

function section(index: number): SeatSection {
  const numbering = { start: 1, scheme: 'left_to_right' as const, step: 1 };
  const marks = { categories: {}, outOfSale: [0], accessible: [1], companions: [2] };
  return {
    ...{ kind: 'rows', id: `s${index}`, name: `Section ${index + 1}`, category: 'a' },
    ...{ x: 200 + (index % across) * 320, y: 100 + Math.floor(index / across) * 300 },
    ...{ rotation: ((index % across) - 1) * -12, seatGap: 10, rowGap: 12 },
    rows: Array.from({ length: 20 }, (_, row) => ({
      ...{ name: String(row + 1), seats: 25, numbering, curve: 0.15, shift: 0, marks },
    })),
  };
}
