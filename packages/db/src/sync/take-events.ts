import { outsideAreaNo } from '@catraca/domain';
import { sql } from 'drizzle-orm';
import type { Tx } from '../client.ts';
import { notify } from '../commands/notify.ts';
import {
  applicationForms,
  areas,
  badgeDesigns,
  checkpoints,
  entitlements,
  eventDays,
  events,
  organizations,
  passTypes,
  seatMaps,
  seats,
  sites,
  stock,
  venuePlans,
} from '../schema/index.ts';
import { hasRow, isNotIn } from './check-rows.ts';
import { type Bodies, replaceRows, rowsIn, takeRows } from './rows-of-facts.ts';
import type { Source } from './take-facts.ts';

/** What an organizer set up at the cloud: each fact is the whole, so the last of them counts. Venues do not set up events. */
export async function takeEvents(
  tx: Tx,
  { eventId, author }: Source,
  bodies: Bodies,
): Promise<string | undefined> {
  const fromCloud = await tx.execute(
    sql`select from sites where number = ${author} and kind = 'cloud' and not is_local`,
  );
  if (fromCloud.length === 0) return 'only the cloud sets up events';
  const ofEvent = [areas, badgeDesigns, checkpoints, passTypes, seats, seatMaps, eventDays];
  for (const table of [...ofEvent, venuePlans]) {
    if (await hasRow(tx, bodies, table, isNotIn(eventId))) return 'a row is of another event';
  }
  if (await hasRow(tx, bodies, events, sql`r.id <> ${eventId}`)) return 'it is another event';
  const last = bodies.slice(-1);
  await takeRows(tx, last, sites);
  await replaceRows(tx, last, organizations, ['id']);
  await replaceRows(tx, last, events, ['id']);
  await replaceRows(tx, last, eventDays, ['event_id', 'no']);
  // A day that was taken away.
  await tx.execute(sql`
    delete from ${eventDays} where event_id = ${eventId} and no not in (select r.no from ${rowsIn(last, eventDays)})`);
  await replaceRows(tx, last, areas, ['id']);
  await tx.execute(sql`
    insert into area_counters (area_id) select id from areas where event_id = ${eventId} and no <> ${outsideAreaNo}
    on conflict do nothing`);
  await replaceRows(tx, last, checkpoints, ['id']);
  await replaceRows(tx, last, venuePlans, ['event_id']);
  await replaceRows(tx, last, passTypes, ['id']);
  await tx.execute(sql`
    delete from entitlements where type_id in (select id from pass_types where event_id = ${eventId})`);
  await takeRows(tx, last, entitlements);
  // Seats of the author that the map has no longer make room for others of their names. Nobody ever had one of them.
  await tx.execute(sql`
    delete from seats where event_id = ${eventId} and site = ${author}
      and id not in (select r.id from ${rowsIn(last, seats)}) and not exists (select from seat_claims c where c.seat_id = seats.id)`);
  await replaceRows(tx, last, applicationForms, ['type_id']);
  await replaceRows(tx, last, badgeDesigns, ['id']);
  // Whose a seat is says the giving of units.
  await replaceRows(
    tx,
    last,
    seats,
    ['id'],
    sql`section = excluded.section, row = excluded.row, number = excluded.number,
      x = excluded.x, y = excluded.y, accessible = excluded.accessible, companion = excluded.companion,
      out_of_sale = excluded.out_of_sale, map_item = excluded.map_item, type_id = excluded.type_id`,
  );
  await replaceRows(tx, last, seatMaps, ['event_id']);
  await takeStock(tx, author, last);
  await notify(tx, { kind: 'config', eventId: String(eventId) });
  return undefined;
}

/** What the author says of its own stock; this site has a row of its own, empty until it is given some. */
async function takeStock(tx: Tx, author: number, bodies: Bodies): Promise<void> {
  await tx.execute(sql`
    insert into stock (type_id, site, quantity) select r.type_id, r.site, r.quantity from ${rowsIn(bodies, stock)}
    where r.site = ${author} on conflict (type_id, site) do update set quantity = excluded.quantity`);
  await tx.execute(sql`
    insert into stock (type_id, site, quantity)
    select r.type_id, (select number from sites where is_local), 0 from ${rowsIn(bodies, stock)} on conflict do nothing`);
}
