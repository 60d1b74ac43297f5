import type { Db } from '@catraca/db';
import { makeType } from '@catraca/db/seed';
import { makeDesk } from '@catraca/db/testing/desk';
import { loadPeople } from '@catraca/db/testing/people';
import { barcodeOf, barcodeStride } from '../passes/pass.ts';
import type { Sql } from '../database/open-sql.ts';

/** An event with its lists full, and what of them is looked for. */
export interface FullLists {
  readonly organizationId: string;
  readonly eventSlug: string;
  readonly eventId: bigint;
  readonly typeId: bigint;
  /** Where two of five holders are. */
  readonly hallId: bigint;
  /** Where nobody is. */
  readonly emptyId: bigint;
  /** In the middle of the orders. */
  readonly reference: string;
  readonly email: string;
  readonly barcode: string;
}

/** Every third name has the first of these, every tenth the second: a convention's names are of a few languages. */
const firstNames = [
  ...Array<string>(20).fill('Maria'),
  ...['Ana', 'Mariana', 'Marta', 'João', 'José', 'Pedro', 'Lucas', 'Beatriz', 'Camila', 'Rafael'],
  ...['Felipe', 'Gabriel', 'Larissa', 'Juliana', 'Bruno', 'Carla', 'Diego', 'Elena', 'Fernanda'],
  ...['Gustavo', 'Helena', 'Igor', 'Jéssica', 'Karina', 'Leandro', 'Nicolas', 'Otávio', 'Paula'],
];
const lastNames = [
  ...Array<string>(8).fill('da Silva'),
  ...['Santos', 'Oliveira', 'Souza', 'Pereira', 'Lima', 'Carvalho', 'Ferreira', 'Ribeiro', 'Rocha'],
  ...[
    'Almeida',
    'Nascimento',
    'Araújo',
    'Barbosa',
    'Cardoso',
    'Correia',
    'Castro',
    'Dias',
    'Gomes',
  ],
  ...[
    'Martins',
    'Mendes',
    'Moreira',
    'Monteiro',
    'Moura',
    'Nogueira',
    'Pinto',
    'Ramos',
    'Teixeira',
  ],
];
/** One in a hundred thousand. */
export const rareName = 'Quixabeira';

const rowsAtOnce = 5_000;
const referenceLetters = '23456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Two persons an order, its buyer and the holder of its pass, as far apart as the passes are many. */
const buyerBase = 1n << 40n;
const holderBase = 1n << 41n;

/** Fills an event's lists: so many orders of one ticket each, with the crossings and confirmations of an afternoon. */
export async function fillLists(db: Db, sql: Sql, count: number): Promise<FullLists> {
  const desk = await makeDesk(db, { name: 'lists' });
  const { eventId } = desk;
  const weekend = await makeType(db, eventId, { name: { en: 'Weekend' } });
  const backstage = await makeType(db, eventId, { name: { en: 'Backstage' } });
  const types = [desk.typeId, weekend.id, backstage.id];
  const [search] = await sql<{ definition: string }[]>`
    select pg_get_indexdef('persons_search'::regclass) as definition`;
  await sql`drop index persons_search`;
  await sql`set session_replication_role = replica`;
  await insertPeople(db, eventId, count);
  await insertSales(sql, { eventId, types, count });
  await insertVisits(sql, desk);
  await insertAudit(sql, desk, count);
  await sql`set session_replication_role = origin`;
  if (search) await sql.unsafe(search.definition);
  await sql`vacuum (analyze)`;
  await sql`checkpoint`;
  return { ...desk, typeId: weekend.id, ...(await whatIsThere(sql, eventId, count)) };
}

async function insertPeople(db: Db, eventId: bigint, count: number): Promise<void> {
  for (let from = 0; from < count; from += rowsAtOnce) {
    const numbers = Array.from({ length: Math.min(rowsAtOnce, count - from) }, (_, n) => from + n);
    for (const base of [buyerBase, holderBase]) {
      await loadPeople(
        db,
        eventId,
        numbers.map((n) => ({ id: base + BigInt(n), ...personAt(n, count) })),
      );
    }
  }
}

/** The same person for the same number: buyers hold their own ticket. */
export function personAt(n: number, count: number): { name: string; email: string } {
  const first = firstNames[n % firstNames.length] ?? '';
  const last = lastNames[(n * 7) % lastNames.length] ?? '';
  const middle = n === Math.floor(count / 2) ? rareName : (lastNames[(n * 13) % 11] ?? '');
  const plain = `${first}.${last}`
    .normalize('NFD')
    .replaceAll(/[^a-zA-Z.]/g, '')
    .toLowerCase();
  return { name: `${first} ${middle} ${last}`, email: `${plain}.${n}@mail.example` };
}

interface Sales {
  eventId: bigint;
  types: readonly bigint[];
  count: number;
}

/** A sale each second, the last one now. */
async function insertSales(sql: Sql, { eventId, types, count }: Sales): Promise<void> {
  const [[paid], letters] = [
    await sql<{ number: number }[]>`select number from sites where is_local`,
    referenceLetters.split(''),
  ];
  const letter = (place: number) =>
    sql`(${`{${letters.join(',')}}`}::text[])[1 + (n.mixed / ${30 ** place}::bigint) % 30]`;
  const numbers = sql`(select n, now() - (${count} - n) * interval '1 second' as at,
    (n::bigint * 104729 + 12345) * 7919 % 656100000000 as mixed from generate_series(0, ${count - 1}) n) n`;
  await sql`
    insert into orders (id, reference, event_id, site, buyer_id, state, closed_reason, currency, total_minor, paid_minor, locale, created_at, paid_at)
    select (1::bigint << 42) + n, ${[0, 1, 2, 3].map(letter).reduce((a, b) => sql`${a} || ${b}`)} || '-' ||
        ${[4, 5, 6, 7].map(letter).reduce((a, b) => sql`${a} || ${b}`)},
      ${eventId}, ${paid?.number ?? 1}, ${buyerBase}::bigint + n, case n % 50 when 0 then 'refunded' else 'paid' end,
      case n % 50 when 0 then 'requested' end, 'BRL', 5000 + n % 97 * 100, 5000 + n % 97 * 100, 'en', at, at
    from ${numbers}`;
  await sql`
    insert into order_lines (id, order_id, no, type_id, price_minor, fee_minor)
    select (1::bigint << 43) + n, (1::bigint << 42) + n, 1, (${`{${types.join(',')}}`}::bigint[])[1 + n % 3], 5000, 0
    from ${numbers}`;
  await sql`
    insert into order_holders (order_line_id, no, person_id)
    select (1::bigint << 43) + n, 1, ${holderBase}::bigint + n from ${numbers}`;
  await sql`
    insert into passes (id, event_id, type_id, status, kind, holder_id, order_line_id, created_at)
    select (1::bigint << 44) + n, ${eventId}, (${`{${types.join(',')}}`}::bigint[])[1 + n % 3],
      case n % 50 when 0 then 'refunded' when 1 then 'revoked' else 'valid' end, 'ticket',
      ${holderBase}::bigint + n, (1::bigint << 43) + n, at
    from ${numbers}`;
  await sql`
    insert into media (pass_id, no, kind, issued_at, code)
    select (1::bigint << 44) + n, 2, 'barcode', 1000000, lpad(b.payload::text, 14, '0') || lpad((98 - b.payload % 97 * 100 % 97)::text, 2, '0')
    from ${numbers}, lateral (select n::bigint * ${barcodeStride}::bigint % 100000000000000 as payload) b`;
}

/** Three of five came in, one of those went out again; half have confirmed. */
async function insertVisits(
  sql: Sql,
  { eventId, checkpointId, deviceId }: { eventId: bigint; checkpointId: bigint; deviceId: bigint },
): Promise<void> {
  await sql`
    insert into scans (at, pass_id, scan_id, event_id, device_id, checkpoint_id, crossing_no, seen_no, from_area, to_area,
      entries, day, day_entries, site, direction, verdict, scanned_at)
    select now(), p.id, uuidv7(), ${eventId}, ${deviceId}, ${checkpointId}, c.no, c.no - 1,
      case c.no when 1 then g.from_area_id else g.to_area_id end, case c.no when 1 then g.to_area_id else g.from_area_id end,
      1, 1, 1, 1, case c.no when 1 then 'entry' else 'exit' end, case c.no when 1 then 'admitted' else 'exited' end, now()
    from passes p, checkpoints g, generate_series(1, 2) c(no)
    where p.event_id = ${eventId} and g.id = ${checkpointId} and p.id % 5 < 3 and (c.no = 1 or p.id % 5 = 2)`;
  await sql`
    insert into confirmations (pass_id, event_id, asked_at, confirmed_at)
    select id, event_id, now(), case when id % 2 = 0 then now() end from passes where event_id = ${eventId}`;
}

/** As many acts as passes: renamings, mostly. */
async function insertAudit(
  sql: Sql,
  desk: { organizationId: string; eventId: bigint },
  count: number,
) {
  await sql`
    insert into audit_log (at, site, organization_id, event_id, actor_kind, actor_id, action, subject_kind, subject_id, before, after)
    select now() - (${count} - n) * interval '1 second', 1, ${desk.organizationId}, ${desk.eventId}, 'system', null,
      case n % 10 when 0 then 'order.refund' else 'pass.rename' end, case n % 10 when 0 then 'order' else 'pass' end,
      n::text, '{"name": true}', '{"name": true}'
    from generate_series(1, ${count}) n`;
}

async function whatIsThere(sql: Sql, eventId: bigint, count: number) {
  const middle = Math.floor(count / 2);
  const [found] = await sql<{ reference: string; hallId: bigint; emptyId: bigint }[]>`
    insert into areas (event_id, no, name, polygon) values (${eventId}, 9, 'Empty', '[]')
    returning id as "emptyId", (select reference from orders where id = (1::bigint << 42) + ${middle}) as reference,
      (select id from areas where event_id = ${eventId} and name = 'Hall') as "hallId"`;
  if (!found) throw new Error('the lists are empty');
  return { ...found, barcode: barcodeOf(middle), email: personAt(middle, count).email };
}
