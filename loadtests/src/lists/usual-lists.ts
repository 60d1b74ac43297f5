import type { Sql } from '../database/open-sql.ts';
import { type FullLists, personAt, rareName } from './fill-lists.ts';

/**
 * The list of passes as it is usually made, over the same passes: names in clear, any part of them found by `ilike`, pages left out by
 * `offset`, all rows counted.
 */
export async function makeUsualLists(sql: Sql, count: number): Promise<void> {
  await sql`create table usual_people (id bigint primary key, name text not null, email text not null)`;
  const [{ base } = { base: 0n }] = await sql<{ base: bigint }[]>`
    select min(holder_id) as base from order_holders h join passes p on p.holder_id = h.person_id`;
  const people = Array.from({ length: count }, (_, n) => personAt(n, count));
  await sql`
    insert into usual_people
    select ${base}::bigint + n - 1, name, email
    from unnest(${people.map(({ name }) => name)}::text[], ${people.map(({ email }) => email)}::text[])
      with ordinality as p(name, email, n)`;
  await sql`analyze usual_people`;
}

const pageSize = 50;

/** What both designs are asked. */
export function usualQuestions(sql: Sql, { eventId, email }: FullLists, count: number) {
  const page = async (text: string, offset: number): Promise<number> => {
    const part = `%${text}%`;
    const from = sql`from passes p join usual_people h on h.id = p.holder_id join pass_types t on t.id = p.type_id
      left join order_lines l on l.id = p.order_line_id left join orders o on o.id = l.order_id
      where p.event_id = ${eventId} and (h.name ilike ${part} or h.email ilike ${part} or o.reference ilike ${part})`;
    await sql`select count(*) ${from}`;
    const rows = await sql`
      select p.public_id, p.status, h.name, t.name as type, o.reference, p.created_at ${from}
      order by p.created_at desc, p.id desc limit ${pageSize} offset ${offset}`;
    return rows.length;
  };
  return {
    'passes, first page': () => page('', 0),
    'passes, last page': () => page('', count - pageSize),
    'passes, a rare name': () => page(rareName.slice(0, 6), 0),
    'passes, a common name': () => page('maria', 0),
    'passes, an e-mail': () => page(email, 0),
  };
}
