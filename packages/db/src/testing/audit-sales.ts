import { sql, type SQL } from 'drizzle-orm';
import type { DbOrTx } from '../client.ts';

/** What must be true of every database at rest; each question names the rows for which it is not. */
const questions: Record<string, SQL> = {
  'stock sold is not the lines of paid orders': sql`
    select s.type_id as id from stock s where s.sold <> (
      select count(*) from order_lines l join orders o on o.id = l.order_id
      where l.type_id = s.type_id and o.site = s.site and o.state = 'paid' and l.has_unit)`,
  'stock held is not the lines of active holds': sql`
    select s.type_id as id from stock s where s.held <> (
      select coalesce(sum(l.quantity), 0) from hold_lines l join holds h on h.id = l.hold_id
      where l.type_id = s.type_id and h.site = s.site and h.state = 'active')`,
  'a shared capacity is not the sum of its types': sql`
    select p.id from stock_pools p left join stock s on s.pool_id = p.id
    group by p.id having p.held <> coalesce(sum(s.held), 0) or p.sold <> coalesce(sum(s.sold), 0)`,
  'more seats are claimed than stock says': sql`
    select s.type_id as id from stock s join pass_types t on t.id = s.type_id and t.seated
    where s.held + s.sold <> (
      select count(*) from seat_claims c join seats on seats.id = c.seat_id
      where seats.type_id = s.type_id and seats.site = s.site)`,
  'a sold seat is not claimed by its line': sql`
    select l.id from order_lines l join orders o on o.id = l.order_id and o.state = 'paid'
    where l.seat_id is not null and l.has_unit and not exists (
      select from seat_claims c where c.seat_id = l.seat_id and c.order_line_id = l.id)`,
  'a seat is claimed by a hold that has ended': sql`
    select c.seat_id as id from seat_claims c join holds h on h.id = c.hold_id where h.state <> 'active'`,
  'a paid line has not one pass for each holder': sql`
    select l.id from order_lines l join orders o on o.id = l.order_id and o.state = 'paid'
    where (select count(*) from passes p where p.order_line_id = l.id)
      <> (select count(*) from order_holders h where h.order_line_id = l.id)`,
  'a pass was issued for an order that is not paid': sql`
    select p.id from passes p join order_lines l on l.id = p.order_line_id
    join orders o on o.id = l.order_id where (o.state <> 'paid' or not l.has_unit) and p.status <> 'refunded'`,
  'a pass sits elsewhere than was sold': sql`
    select p.id from passes p join order_lines l on l.id = p.order_line_id
    where p.seat_id is distinct from l.seat_id or p.type_id <> l.type_id`,
  'a holder has several passes': sql`
    select holder_id as id from passes group by holder_id having count(*) > 1`,
  'more went back than was paid': sql`
    select p.id from payments p where p.state = 'succeeded' and p.amount_minor < (
      select coalesce(sum(r.amount_minor), 0) from refunds r where r.payment_id = p.id)`,
  'what went back is not what the order says': sql`
    select o.id from orders o where o.closed_reason is distinct from 'hold_expired' and o.closed_reason is distinct from 'over_limit'
      and o.refunded_minor <> (
        select coalesce(sum(r.amount_minor), 0) from refunds r join payments p on p.id = r.payment_id
        where p.order_id = o.id and r.reason = 'requested')`,
  'a total is not the sum of its lines': sql`
    select o.id from orders o where o.total_minor <> (
      select sum(price_minor + fee_minor) from order_lines l where l.order_id = o.id)`,
  'money was kept that bought nothing': sql`
    select p.id from payments p join orders o on o.id = p.order_id
    where p.state in ('succeeded', 'refused') and p.amount_minor > 0
      and not exists (select from refunds r where r.payment_id = p.id and r.reason <> 'requested')
      and not (o.state = 'refunded' and o.closed_reason = 'requested')
      and (o.state <> 'paid' or p.state = 'refused' or (
        select count(*) from payments other where other.order_id = o.id and other.state = 'succeeded'
          and not exists (select from refunds r where r.payment_id = other.id and r.reason <> 'requested')) <> 1)`,
  'a paid order has no payment that was kept': sql`
    select o.id from orders o where o.state = 'paid' and not exists (
      select from payments p where p.order_id = o.id and p.state = 'succeeded'
        and not exists (select from refunds r where r.payment_id = p.id and r.reason <> 'requested'))`,
  'a pass does not have one living QR code and one living barcode': sql`
    select p.id from passes p where (
      select array_agg(m.kind order by m.kind) from media m where m.pass_id = p.id and m.state = 'active')
      is distinct from array['barcode', 'qr']`,
};

/** Sales, stock, seats, passes and money compared with each other. @returns what is wrong, nothing when all is right. */
export async function auditSales(db: DbOrTx): Promise<string[]> {
  const findings: string[] = [];
  for (const [what, question] of Object.entries(questions)) {
    const rows = await db.execute<{ id: string }>(question);
    if (rows.length > 0) findings.push(`${what}: ${rows.length}, such as ${rows[0]?.id}`);
  }
  return findings;
}
