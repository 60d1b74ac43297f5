import type { Item, SeatRef } from './seat-draft.svelte.ts';

export type Step = { x: -1 | 0 | 1; y: -1 | 0 | 1 };

/** So many seats in each row; a table is one row. */
function rowsOf(item: Item): number[] {
  if (item.kind === 'table') return [item.seats];
  return item.kind === 'rows' ? item.rows.map(({ seats }) => seats) : [];
}

/**
 * The seat a step away, as an arrow key goes: along the row, or to the row before or after. From the end of a row to the next one, and from one
 * thing of the hall to the next; without a seat to begin with, the first of all. Undefined where the hall ends, or has no seat.
 */
export function seatBeside(
  items: readonly Item[],
  from: SeatRef | undefined,
  { x, y }: Step,
): SeatRef | undefined {
  const rows = items.flatMap((item) =>
    rowsOf(item).flatMap((seats, row) => (seats > 0 ? [{ item: item.id, row, seats }] : [])),
  );
  const index = rows.findIndex(({ item, row }) => item === from?.item && row === from.row);
  const here = rows[index];
  if (!from || !here) return rows[0] && { item: rows[0].item, row: rows[0].row, place: 0 };
  const place = from.place + x;
  if (y === 0 && place >= 0 && place < here.seats) return { ...from, place };
  const next = rows[index + (y || x)];
  if (!next) return undefined;
  const end = x > 0 ? 0 : next.seats - 1;
  return { item: next.item, row: next.row, place: y === 0 ? end : Math.min(from.place, end) };
}
