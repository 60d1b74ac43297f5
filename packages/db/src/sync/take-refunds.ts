import { sql } from 'drizzle-orm';
import type { Tx } from '../client.ts';
import { orderLines, orders, refunds } from '../schema/index.ts';
import { hasRow, isNotIn, isNotOf } from './check-rows.ts';
import { type Bodies, replaceRows, rowsIn } from './rows-of-facts.ts';
import type { Source } from './take-facts.ts';

/**
 * Orders of the other site of which money went back there, all or a part, or of which a pass was exchanged: units and seats that
 * a line no longer has are that site's again.
 */
export async function takeRefunds(
  tx: Tx,
  { eventId, author }: Source,
  bodies: Bodies,
): Promise<string | undefined> {
  if (await hasRow(tx, bodies, orders, sql`${isNotIn(eventId)} or ${isNotOf(author)}`))
    return 'an order is not of this site and event';
  if (await hasRow(tx, bodies, orderLines, isNotOf(author))) return 'a line is not of this site';
  if (await hasRow(tx, bodies, refunds, isNotOf(author))) return 'a refund is not of this site';
  await takeLines(tx, author, bodies);
  await tx.execute(sql`
    update orders set state = r.state, closed_reason = r.closed_reason, paid_minor = r.paid_minor, refunded_minor = r.refunded_minor
    from (select distinct on (r.id) r.* from ${rowsIn(bodies, orders)} order by r.id, b.place desc) as r
    where orders.id = r.id and orders.state = 'paid'`);
  // What is told of the way back of the money is that site's matter: no worker here carries it out.
  await replaceRows(
    tx,
    bodies,
    refunds,
    ['id'],
    sql`state = excluded.state, provider_ref = excluded.provider_ref, settled_at = excluded.settled_at`,
    sql`exists (select from payments p where p.id = r.payment_id)`,
  );
  return undefined;
}

/** Lines as they are there: what they no longer have is given back, then what they have since then is taken. */
async function takeLines(tx: Tx, author: number, bodies: Bodies): Promise<void> {
  const changed = await tx.execute<Change>(sql`
    select l.id, l.type_id as "fromType", l.has_unit as "had", r.type_id as "toType", r.seat_id as "toSeat", r.has_unit as "has", o.site
    from (select distinct on (r.id) r.* from ${rowsIn(bodies, orderLines)} order by r.id, b.place desc) as r
    join order_lines l on l.id = r.id join orders o on o.id = l.order_id and o.state = 'paid'
    where (l.type_id, l.seat_id, l.has_unit) is distinct from (r.type_id, r.seat_id, r.has_unit)`);
  const ids = `{${changed.map(({ id }) => id).join(',')}}`;
  await tx.execute(sql`delete from seat_claims where order_line_id = any(${ids}::bigint[])`);
  await tx.execute(sql`
    update order_lines set type_id = r.type_id, seat_id = r.seat_id, has_unit = r.has_unit, refunded_minor = r.refunded_minor
    from (select distinct on (r.id) r.* from ${rowsIn(bodies, orderLines)} order by r.id, b.place desc) as r
    where order_lines.id = r.id`);
  await tx.execute(sql`
    insert into seat_claims (seat_id, order_line_id) select seat_id, id from order_lines
    where id = any(${ids}::bigint[]) and has_unit and seat_id is not null`);
  const sold = new Map<string, number>();
  const add = (typeId: string, units: number) => sold.set(typeId, (sold.get(typeId) ?? 0) + units);
  // What a venue sold that is over is counted nowhere here.
  for (const line of changed.filter(({ site }) => site === author)) {
    if (line.had) add(line.fromType, -1);
    if (line.has) add(line.toType, 1);
  }
  for (const [typeId, units] of [...sold].sort(([a], [b]) => (BigInt(a) < BigInt(b) ? -1 : 1)))
    await tx.execute(sql`
      update stock set sold = stock.sold + ${units} where type_id = ${typeId}::bigint and site = ${author}`);
}

interface Change extends Record<string, unknown> {
  id: string;
  fromType: string;
  had: boolean;
  toType: string;
  has: boolean;
  site: number;
}
