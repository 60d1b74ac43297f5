import { foldForSearch } from '@catraca/domain';
import { aliasedTable, and, eq, sql } from 'drizzle-orm';
import type { DbOrTx } from '../client.ts';
import { idArray } from '../rows.ts';
import {
  applications,
  events,
  orderHolders,
  orderLines,
  orders,
  persons,
} from '../schema/index.ts';
import { gramsOfQuery, isFoundIn } from './search-grams.ts';

/** Rows that are opened for one search in all of an organization's events. */
const openedMax = 2_000;

/** Somebody of whom an organization has data: one person may buy at two events, and hold a ticket of each. */
export interface Subject {
  name: string;
  email: string | null;
  /** Their rows of `persons`, sorted. */
  personIds: bigint[];
  /** Their applications, granted or not. */
  applicationIds: bigint[];
}

interface Row {
  id: bigint;
  name: string;
  email: string | null;
}

/** Whoever of an organization's events has each word of `text` in name or e-mail: at most `limit`, the latest first. */
export async function findSubjects(
  db: DbOrTx,
  organizationId: string,
  text: string,
  limit: number,
): Promise<Subject[]> {
  const found: Subject[] = [];
  const seen = new Set<bigint>();
  const rows = [
    ...(await matching(db, persons, organizationId, text)),
    ...(await matching(db, applications, organizationId, text)),
  ];
  for (const row of rows) {
    if (seen.has(row.id)) continue;
    const subject = await completed(db, organizationId, row);
    for (const id of [...subject.personIds, ...subject.applicationIds]) seen.add(id);
    found.push(subject);
    if (found.length === limit) break;
  }
  return found;
}

/**
 * The person that this row is one of, which is a person's or an application's; undefined when it is not of the organization, or nobody's any
 * more.
 */
export async function findSubject(
  db: DbOrTx,
  organizationId: string,
  rowId: bigint,
): Promise<Subject | undefined> {
  for (const table of [persons, applications]) {
    const [row] = await db
      .select(columnsOf(table))
      .from(table)
      .innerJoin(events, eq(events.id, table.eventId))
      .where(
        and(
          eq(table.id, rowId),
          eq(events.organizationId, organizationId),
          sql`cardinality(${table.searchIndex}) > 0`,
        ),
      );
    if (row) return completed(db, organizationId, row);
  }
  return undefined;
}

type People = typeof persons | typeof applications;

function columnsOf(table: People) {
  return { id: table.id, name: table.name, email: table.email };
}

async function matching(
  db: DbOrTx,
  table: People,
  organizationId: string,
  text: string,
): Promise<Row[]> {
  const grams = gramsOfQuery(text);
  if (grams.length === 0) return [];
  const candidates = sql`(select ${table.id} from ${table}
    where ${table.searchIndex} @> ${`{${grams.join(',')}}`}::int[]
      and ${table.eventId} in (select id from ${events} where ${events.organizationId} = ${organizationId}) offset 0)`;
  const rows = await db
    .select(columnsOf(table))
    .from(table)
    .where(
      sql`${table.id} in (select id from ${candidates} as found order by id desc limit ${openedMax})`,
    )
    .orderBy(sql`${table.id} desc`);
  return rows.filter(({ name, email }) => isFoundIn(`${name} ${email ?? ''}`, text));
}

/**
 * All rows of the person that one row is of. The same e-mail is the same person; and whoever holds a ticket of an order under the buyer's own name is
 * the buyer. Friends for whom somebody bought are others.
 */
async function completed(db: DbOrTx, organizationId: string, row: Row): Promise<Subject> {
  const buyer = row.email === null ? await buyerNamed(db, row) : row;
  const email = buyer.email;
  const own = email === null ? [buyer] : await withEmail(db, persons, organizationId, email);
  const held = await heldByBuyers(db, own);
  const applied = email === null ? [] : await withEmail(db, applications, organizationId, email);
  const ids = [...new Set([row, buyer, ...own, ...held, ...applied].map(({ id }) => id))];
  const { people, granted } = await sortedOut(db, ids);
  const applicationIds = ids.filter((id) => !people.includes(id));
  return {
    ...{ name: row.name, email, personIds: people },
    applicationIds: [...new Set([...applicationIds, ...granted])],
  };
}

/** Which of these are people, with whom their applications made them; and the applications that made them so. */
async function sortedOut(db: DbOrTx, ids: readonly bigint[]) {
  const rows = await db.execute<{ id: string; application: string | null }>(sql`
    select h.id, a.id as application from persons h
    left join passes p on p.holder_id = h.id left join applications a on a.pass_id = p.id
    where h.id = any(${idArray(ids)}) or a.id = any(${idArray(ids)}) order by h.id`);
  const granted = rows.flatMap(({ application }) =>
    application === null ? [] : [BigInt(application)],
  );
  return { people: [...new Set(rows.map(({ id }) => BigInt(id)))], granted };
}

async function buyerNamed(db: DbOrTx, holder: Row): Promise<Row> {
  const bought = await db
    .select(columnsOf(persons))
    .from(orderHolders)
    .innerJoin(orderLines, eq(orderLines.id, orderHolders.orderLineId))
    .innerJoin(orders, eq(orders.id, orderLines.orderId))
    .innerJoin(persons, eq(persons.id, orders.buyerId))
    .where(eq(orderHolders.personId, holder.id));
  return bought.find(({ name }) => sameName(name, holder.name)) ?? holder;
}

async function withEmail(
  db: DbOrTx,
  table: People,
  organizationId: string,
  email: string,
): Promise<Row[]> {
  const rows = await matching(db, table, organizationId, email);
  return rows.filter((row) => row.email?.toLowerCase() === email.toLowerCase());
}

async function heldByBuyers(db: DbOrTx, buyers: readonly Row[]): Promise<Row[]> {
  const holders = aliasedTable(persons, 'holders');
  const rows = await db
    .select({
      ...{ id: holders.id, name: holders.name, email: holders.email },
      buyerName: persons.name,
    })
    .from(orders)
    .innerJoin(persons, eq(persons.id, orders.buyerId))
    .innerJoin(orderLines, eq(orderLines.orderId, orders.id))
    .innerJoin(orderHolders, eq(orderHolders.orderLineId, orderLines.id))
    .innerJoin(holders, eq(holders.id, orderHolders.personId))
    .where(sql`${orders.buyerId} = any(${idArray(buyers.map(({ id }) => id))})`);
  return rows.filter(({ name, buyerName }) => sameName(name, buyerName));
}

function sameName(a: string, b: string): boolean {
  return foldForSearch(a) === foldForSearch(b);
}

export interface SubjectCounts {
  events: string[];
  orders: number;
  passes: number;
  applications: number;
  /** Of events that are not over: they open doors. */
  validPasses: number;
}

/** What there is of a person, in numbers. */
export async function countOfSubject(
  db: DbOrTx,
  { personIds, applicationIds }: Subject,
  now: Date,
): Promise<SubjectCounts> {
  const ids = idArray(personIds);
  const named = await db
    .select({ name: events.name })
    .from(events)
    .where(
      sql`${events.id} in (select event_id from persons where id = any(${ids})
        union select event_id from applications where id = any(${idArray(applicationIds)}))`,
    )
    .orderBy(events.id);
  const [row] = await db.execute<{ orders: number; passes: number; valid: number }>(sql`
    select (select count(*) from orders where buyer_id = any(${ids}))::int as orders,
      (select count(*) from passes where holder_id = any(${ids}))::int as passes,
      (select count(*) from passes p where ${stillOpensDoors(ids, now)})::int as valid`);
  return {
    events: named.map(({ name }) => name),
    applications: applicationIds.length,
    ...{ orders: row?.orders ?? 0, passes: row?.passes ?? 0, validPasses: row?.valid ?? 0 },
  };
}

/** Of the pass `p`. */
export function stillOpensDoors(holderIds: ReturnType<typeof idArray>, now: Date) {
  return sql`p.holder_id = any(${holderIds}) and p.status = 'valid'
    and exists (select from event_days d where d.event_id = p.event_id and d.ends_at > ${now.toISOString()}::timestamptz)`;
}
