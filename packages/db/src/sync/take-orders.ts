import { sql } from 'drizzle-orm';
import type { Tx } from '../client.ts';
import {
  media,
  orderHolders,
  orderLines,
  orders,
  passes,
  payments,
  persons,
} from '../schema/index.ts';
import { hasRow, isNotIn, isNotOf } from './check-rows.ts';
import { type Bodies, rowsIn, takeRows } from './rows-of-facts.ts';
import type { Source } from './take-facts.ts';

/** Orders that the other site sold, with their passes. What they took from its stock is counted with what we know of it. */
export async function takeOrders(
  tx: Tx,
  { eventId, author }: Source,
  bodies: Bodies,
): Promise<string | undefined> {
  const foreign = sql`${isNotIn(eventId)} or ${isNotOf(author)}`;
  if (await hasRow(tx, bodies, orders, sql`${foreign} or r.site <> (r.id >> 48)`))
    return 'an order is not of this site and event';
  if (await hasRow(tx, bodies, passes, foreign)) return 'a pass is not of this site and event';
  if (await hasRow(tx, bodies, persons, foreign)) return 'a person is not of this site and event';
  for (const table of [orderLines, orderHolders, payments]) {
    if (await hasRow(tx, bodies, table, isNotOf(author))) return 'a row is not of this site';
  }
  await takeRows(tx, bodies, persons);
  await takeRows(tx, bodies, orders, sql`on conflict (id) do nothing`);
  const lines = await takeRows(
    tx,
    bodies,
    orderLines,
    sql`on conflict (id) do nothing returning id`,
  );
  await takeRows(tx, bodies, orderHolders);
  await takeRows(tx, bodies, payments, sql`on conflict (id) do nothing`);
  await takeRows(tx, bodies, passes, sql`on conflict (id) do nothing`);
  await takeRows(tx, bodies, media, sql`on conflict (pass_id, no) do nothing`);
  if (lines.length > 0) await countSold(tx, author, bodies, lines);
  return undefined;
}

/** Of the lines that are new: their seats are taken, and their units sold. */
async function countSold(
  tx: Tx,
  author: number,
  bodies: Bodies,
  lines: readonly Record<string, unknown>[],
): Promise<void> {
  const ids = `{${lines.map(({ id }) => String(id)).join(',')}}`;
  const sold = sql`${rowsIn(bodies, orderLines)} join orders o on o.id = r.order_id and o.state = 'paid'
    where r.id = any(${ids}::bigint[]) and r.has_unit`;
  await tx.execute(sql`
    insert into seat_claims (seat_id, order_line_id) select r.seat_id, r.id from ${sold} and r.seat_id is not null`);
  // What a venue sold that is over is counted nowhere here: its stock is nobody's.
  await tx.execute(sql`
    update stock set sold = stock.sold + l.units
    from (select r.type_id, count(*)::int as units from ${sold} and o.site = ${author} group by 1) as l
    where stock.type_id = l.type_id and stock.site = ${author}`);
}
