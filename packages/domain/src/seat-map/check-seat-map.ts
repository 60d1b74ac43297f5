import type { SeatMapDocument } from './document.ts';
import { seatKey, seatsOf } from './seats-of.ts';

/** Seats of a map: the largest halls that are sold by place have fewer. */
export const seatsMax = 20_000;

/** Why a map cannot be saved. */
export type SeatMapProblem =
  /** Two items have one id. */
  | { kind: 'id_twice'; id: string }
  /** Two sections or tables have one name. */
  | { kind: 'name_twice'; name: string }
  | { kind: 'row_twice'; name: string; row: string }
  /** Two seats would be called the same. */
  | { kind: 'seat_twice'; name: string; row: string; number: number }
  /** An item or a mark names a category that is not there. */
  | { kind: 'no_category'; name: string }
  | { kind: 'category_twice'; key: string }
  | { kind: 'too_many_seats'; seats: number };

export function checkSeatMap(document: SeatMapDocument): SeatMapProblem[] {
  const count = document.items.reduce((sum, item) => {
    if (item.kind === 'rows') return sum + item.rows.reduce((seats, row) => seats + row.seats, 0);
    return item.kind === 'table' ? sum + item.seats : sum;
  }, 0);
  if (count > seatsMax) return [{ kind: 'too_many_seats', seats: count }];
  const seated = document.items.filter(({ kind }) => kind === 'rows' || kind === 'table');
  return [
    ...twice(document.items.map(({ id }) => id)).map((id) => ({ kind: 'id_twice', id }) as const),
    ...twice(seated.map(({ name }) => name)).map((name) => ({ kind: 'name_twice', name }) as const),
    ...document.items.flatMap((item): SeatMapProblem[] =>
      item.kind === 'rows'
        ? twice(item.rows.map((row) => row.name)).map((row) => ({
            kind: 'row_twice',
            name: item.name,
            row,
          }))
        : [],
    ),
    ...twice(document.categories.map(({ key }) => key)).map(
      (key) => ({ kind: 'category_twice', key }) as const,
    ),
    ...withoutCategory(document),
    ...twiceSeated(document),
  ];
}

function withoutCategory({ items, categories }: SeatMapDocument): SeatMapProblem[] {
  const known = new Set(categories.map(({ key }) => key));
  return items.flatMap((item): SeatMapProblem[] => {
    if (item.kind === 'label') return [];
    const marks =
      item.kind === 'rows'
        ? item.rows.map((row) => row.marks)
        : item.kind === 'table'
          ? [item.marks]
          : [];
    const named = [
      item.category,
      ...marks.flatMap(({ categories: other }) => Object.values(other)),
    ];
    return named.every((key) => known.has(key)) ? [] : [{ kind: 'no_category', name: item.name }];
  });
}

function twiceSeated(document: SeatMapDocument): SeatMapProblem[] {
  const seen = new Set<string>();
  for (const seat of seatsOf(document)) {
    const key = seatKey(seat);
    if (seen.has(key)) {
      return [{ kind: 'seat_twice', name: seat.section, row: seat.row, number: seat.number }];
    }
    seen.add(key);
  }
  return [];
}

function twice(names: readonly string[]): string[] {
  return [...new Set(names.filter((name, index) => names.indexOf(name) !== index))];
}
