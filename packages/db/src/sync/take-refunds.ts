import { sql } from 'drizzle-orm';
import type { Tx } from '../client.ts';
import { orders, refunds } from '../schema/index.ts';
import { hasRow, isNotIn, isNotOf } from './check-rows.ts';
import { type Bodies, replaceRows, rowsIn } from './rows-of-facts.ts';
import type { Source } from './take-facts.ts';

/** Orders of the other site whose money goes back there: their units and seats are that site's again. */
export async function takeRefunds(
  tx: Tx,
  { eventId, author }: Source,
  bodies: Bodies,
): Promise<string | undefined> {
  if (await hasRow(tx, bodies, orders, sql`${isNotIn(eventId)} or ${isNotOf(author)}`))
    return 'an order is not of this site and event';
  if (await hasRow(tx, bodies, refunds, isNotOf(author))) return 'a refund is not of this site';
  const closed = await tx.execute<{ id: string }>(sql`
    update orders set state = r.state, closed_reason = r.closed_reason, paid_minor = r.paid_minor
    from ${rowsIn(bodies, orders)}
    where orders.id = r.id and orders.state = 'paid' and r.state = 'refunded' returning orders.id`);
  // What is told of the way back of the money is that site's matter: no worker here carries it out.
  await replaceRows(
    tx,
    bodies,
    refunds,
    ['id'],
    sql`state = excluded.state, provider_ref = excluded.provider_ref, settled_at = excluded.settled_at`,
    sql`exists (select from payments p where p.id = r.payment_id)`,
  );
  const ids = `{${closed.map(({ id }) => id).join(',')}}`;
  await tx.execute(sql`
    delete from seat_claims using order_lines l
    where seat_claims.order_line_id = l.id and l.order_id = any(${ids}::bigint[])`);
  await tx.execute(sql`
    update stock set sold = stock.sold - l.units
    from (select type_id, count(*)::int as units from order_lines where order_id = any(${ids}::bigint[]) group by 1) as l
    where stock.type_id = l.type_id and stock.site = ${author}`);
  return undefined;
}
