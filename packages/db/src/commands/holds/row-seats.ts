import { singlesLeft, type RowSeat } from '@catraca/domain/seat-map';
import { sql } from 'drizzle-orm';
import type { Tx } from '../../client.ts';
import { idArray } from '../../rows.ts';
import type { HoldRefusal, HoldWish, ReplacedHold, SaleState } from './decide-holds.ts';

/** A seat with its row, and whether this site may ever sell it. */
export type SeatOfRow = RowSeat<bigint> & { rowName: string };

/** The rows of these seats whole, by each of their seats, where the event leaves no single seats. Tables have no rows. */
export async function readRows(
  tx: Tx,
  seatIds: readonly bigint[],
): Promise<Map<bigint, readonly SeatOfRow[]>> {
  if (seatIds.length === 0) return new Map();
  const rows = await tx.execute(sql`
    select distinct s.id, concat_ws(E'\n', s.event_id, s.section, s.row) as row_name, s.x, s.y, s.accessible,
      not s.out_of_sale and s.site = (select number from sites where is_local) as is_free
    from seats asked join seat_maps m on m.event_id = asked.event_id and m.no_single_seats
    join seats s on s.event_id = asked.event_id and s.section = asked.section and s.row = asked.row
    where asked.id = any(${idArray(seatIds)}) and asked.row <> ''`);
  const seats = rows.map((row): SeatOfRow => ({
    id: BigInt(String(row['id'])),
    rowName: String(row['row_name']),
    x: Number(row['x']),
    y: Number(row['y']),
    accessible: row['accessible'] === true,
    isFree: row['is_free'] === true,
  }));
  const byRow = Map.groupBy(seats, ({ rowName }) => rowName);
  return new Map(seats.map(({ id, rowName }) => [id, byRow.get(rowName) ?? []]));
}

/** Seats that the wish would leave alone without need. */
export function refuseBySingles(
  { lines }: HoldWish,
  ends: ReplacedHold | undefined,
  { rows, claims }: Pick<SaleState, 'rows' | 'claims'>,
): HoldRefusal | undefined {
  const chosen = new Set(lines.flatMap(({ seatIds }) => seatIds));
  const touched = new Set(
    [...chosen].flatMap((id) => rows.get(id) ?? []).map((seat) => rows.get(seat.id)),
  );
  const isFree = (id: bigint) =>
    !claims.has(id) || (ends && claims.get(id) === ends.row.id) === true;
  const singles = [...touched].flatMap((row) =>
    singlesLeft(
      (row ?? []).map((seat) => ({ ...seat, isFree: seat.isFree && isFree(seat.id) })),
      chosen,
    ),
  );
  return singles.length > 0 ? { ok: false, code: 'single_seats', seatIds: singles } : undefined;
}
