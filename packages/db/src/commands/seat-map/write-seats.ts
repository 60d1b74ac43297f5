import { sql } from 'drizzle-orm';
import type { Tx } from '../../client.ts';
import { idArray, insertRows } from '../../rows.ts';
import { seats } from '../../schema/index.ts';
import { at, takeIds } from '../ids.ts';
import type { SeatsToWrite, StoredSeat, WantedSeat } from './plan-seats.ts';

type Of = { eventId: bigint; site: number };

/** All seats of an event, locked by nothing: whoever changes one has locked its type's stock. */
export async function readStoredSeats(tx: Tx, eventId: bigint): Promise<StoredSeat[]> {
  const rows = await tx.execute(sql`
    select s.id, s.type_id, s.site, s.section, s.row, s.number, s.out_of_sale, c.seat_id is not null as is_taken,
      exists (select from order_lines l where l.seat_id = s.id) or exists (select from passes p where p.seat_id = s.id)
        or exists (select from pass_exchanges x where x.from_seat_id = s.id or x.to_seat_id = s.id) as is_named
    from seats s left join seat_claims c on c.seat_id = s.id where s.event_id = ${eventId} order by s.id`);
  return rows.map((row) => ({
    id: BigInt(String(row['id'])),
    typeId: BigInt(String(row['type_id'])),
    site: Number(row['site']),
    section: String(row['section']),
    row: String(row['row']),
    number: Number(row['number']),
    outOfSale: row['out_of_sale'] === true,
    isTaken: row['is_taken'] === true,
    isNamed: row['is_named'] === true,
  }));
}

/** Writes a plan: what stays though the map has it no longer is out of sale. */
export async function writeSeats(tx: Tx, of: Of, plan: SeatsToWrite): Promise<void> {
  const onMap = new Set(plan.changed.map(({ id }) => id));
  const stays = [...plan.kept, ...plan.lost].filter(({ id }) => !onMap.has(id));
  await tx.execute(sql`
    update seats set out_of_sale = true, map_item = null where id = any(${idArray(stays.map(({ id }) => id))})`);
  await tx.execute(
    sql`delete from seats where id = any(${idArray(plan.removed.map(({ id }) => id))})`,
  );
  const newIds = await takeIds(tx, plan.added.length);
  const rows = [
    ...plan.changed.map(({ id, seat }) => rowOf(of, id, seat)),
    ...plan.added.map((seat, index) => rowOf(of, at(newIds, index), seat)),
  ];
  await insertRows(
    tx,
    seats,
    rows,
    sql`on conflict (id) do update set type_id = excluded.type_id, x = excluded.x, y = excluded.y,
      accessible = excluded.accessible, companion = excluded.companion, out_of_sale = excluded.out_of_sale, map_item = excluded.map_item`,
  );
}

function rowOf({ eventId, site }: Of, id: bigint, seat: WantedSeat) {
  const { typeId, section, row, number, x, y, accessible, companion, outOfSale, mapItem } = seat;
  return {
    ...{ id, eventId, typeId, site, section, row, number, x, y },
    ...{ accessible, companion, outOfSale, mapItem },
  };
}
