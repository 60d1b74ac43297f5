import type { Sql } from '../database/open-sql.ts';
import type { SaleOutcome } from './orders.ts';

/** Passes in an order. */
const passesPerOrder = 2;

/** What must not be, however fast it was sold. @returns it in words; nothing when all is right. */
export async function checkSale(sql: Sql, outcome: SaleOutcome): Promise<string[]> {
  const faults: string[] = [];
  for (const [what, question] of Object.entries(questions)) {
    const [row] = await sql.unsafe<{ n: number }[]>(`select count(*)::int as n from (${question})`);
    if (row && row.n > 0) faults.push(`${what}: ${row.n}`);
  }
  const [told] = await sql<{ unpaid: number; silent: number }[]>`
    with told as (select unnest(${sql.array([...outcome.paid])}::uuid[]) as public_id)
    select
      (select count(*) from told left join orders using (public_id) where orders.state is distinct from 'paid'
        or (select count(*) from passes join order_lines line on line.id = passes.order_line_id
          where line.order_id = orders.id) <> ${passesPerOrder})::int as unpaid,
      (select count(*) from orders where state = 'paid' and public_id not in (select public_id from told))::int as silent`;
  if (told && told.unpaid > 0) faults.push(`told paid, and not so in the database: ${told.unpaid}`);
  if (told && told.silent > 0) faults.push(`paid, and the buyer was not told: ${told.silent}`);
  for (const [what, count] of Object.entries(outcome.wrong))
    faults.push(`answered ${what}: ${count}`);
  return faults;
}

/** Each names the rows for which something is not as it must be. */
const questions: Record<string, string> = {
  oversold: `select from stock where held + sold > quantity`,
  'stock sold is not the passes issued': `
    select from stock where sold <> (select count(*) from passes where type_id = stock.type_id and status = 'valid')`,
  'stock held is not the active holds': `
    select from stock where held <> (select coalesce(sum(quantity), 0) from hold_lines
      join holds on holds.id = hold_id and state = 'active' where type_id = stock.type_id)`,
  'a seat sold twice': `select from passes where seat_id is not null group by seat_id having count(*) > 1`,
  'a sold seat that its line does not claim': `
    select from passes where seat_id is not null and not exists (
      select from seat_claims where seat_claims.seat_id = passes.seat_id and seat_claims.order_line_id = passes.order_line_id)`,
  'an order whose money is not its lines': `
    select from orders where total_minor <> (select sum(price_minor + fee_minor) from order_lines where order_id = orders.id)
      or (state = 'paid' and paid_minor <> (
        select coalesce(sum(amount_minor), 0) from payments where order_id = orders.id and payments.state = 'succeeded'))`,
};
