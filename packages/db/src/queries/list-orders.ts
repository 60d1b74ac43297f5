import { and, eq, or, sql, type SQL } from 'drizzle-orm';
import type { DbOrTx } from '../client.ts';
import { findPeople, gramsFit, isMeant } from '../personal/find-people.ts';
import { idArray } from '../rows.ts';
import { orderHolders, orderLines, orders, persons } from '../schema/index.ts';
import { findByReference } from './find-by-reference.ts';
import { countUpTo, type Leaf, type LeafQuery, type Order, readLeaf } from './leaf.ts';

/** Not by name: it is sealed. */
export const orderSorts = ['newest', 'oldest', 'largest'] as const;
export type OrderSort = (typeof orderSorts)[number];

export interface OrderSearch {
  eventId: bigint;
  /** Any part of the buyer's or a holder's name, an e-mail or a reference; all orders when it is empty. */
  text: string;
  state: (typeof orders.$inferSelect)['state'] | null;
  sort: OrderSort;
  /** By references. */
  leaf: Leaf;
  pageSize: number;
}

/** A page of an event's orders, and how many there are on all pages: null when so many fit that they are not counted. */
export async function listOrders(db: DbOrTx, search: OrderSearch) {
  const { leaf, pageSize, text } = search;
  const { matches, isMany } = await matching(db, search);
  const where = and(
    eq(orders.eventId, search.eventId),
    search.state ? eq(orders.state, search.state) : undefined,
    matches,
  );
  const page = await readLeaf(leaf, orderOf[search.sort], pageSize, {
    read: (query) => readOrders(db, query, where),
    keyOf: ({ reference }) => reference,
    keep: isMany ? (rows) => keepMeant(db, rows, text) : undefined,
  });
  const total = isMany ? null : await countUpTo(db, sql`select from ${orders} where ${where}`);
  return { ...page, total, rows: page.rows.map(({ id: _, ...row }) => row) };
}

function readOrders(db: DbOrTx, page: LeafQuery, where: SQL | undefined) {
  return db
    .select({
      id: orders.id,
      reference: orders.reference,
      state: orders.state,
      buyerName: persons.name,
      buyerEmail: persons.email,
      totalMinor: orders.totalMinor,
      currency: orders.currency,
      createdAt: orders.createdAt,
      units: sql<number>`(select count(*)::int from ${orderLines} where ${orderLines.orderId} = ${orders.id})`,
    })
    .from(orders)
    .innerJoin(persons, eq(persons.id, orders.buyerId))
    .where(and(where, page.where))
    .orderBy(...page.orderBy)
    .limit(page.limit);
}

type OrderRow = Awaited<ReturnType<typeof readOrders>>[number];

const named = { table: orders, key: orders.reference, id: orders.id };
const orderOf: Record<OrderSort, Order> = {
  newest: { ...named, by: orders.createdAt, descending: true },
  oldest: { ...named, by: orders.createdAt, descending: false },
  largest: { ...named, by: orders.totalMinor, descending: true },
};

/** What a text is found by; `isMany`: a name that so many have that it is for `keepMeant` to say which are meant. */
async function matching(
  db: DbOrTx,
  { eventId, text }: OrderSearch,
): Promise<{ matches?: SQL | undefined; isMany: boolean }> {
  if (!text.trim()) return { isMany: false };
  const { people, cut } = await findPeople(db, eventId, text);
  const fit = gramsFit(text);
  // The orders are gone through in their order. Nobody looks for a reference by such a text.
  if (cut && fit) return { matches: or(fit, heldBySome(fit)), isMany: true };
  const ordered = await findByReference(db, eventId, text);
  const ids = idArray(people.map(({ id }) => id));
  // Questions that have an index each: with `or` between them the database would look through all orders.
  const found = sql`select o.id from ${orders} o where o.buyer_id = any(${ids})
    union select l.order_id from ${orderHolders} h join ${orderLines} l on l.id = h.order_line_id where h.person_id = any(${ids})
    union select unnest(${idArray(ordered)})`;
  return { matches: sql`${orders.id} in (${found})`, isMany: false };
}

/** Whether one of an order's holders fits. The `persons` here are its own. */
function heldBySome(fit: SQL): SQL {
  return sql`exists (select from ${orderLines}
    join ${orderHolders} on ${orderHolders.orderLineId} = ${orderLines.id}
    join ${persons} on ${persons.id} = ${orderHolders.personId}
    where ${orderLines.orderId} = ${orders.id} and ${fit})`;
}

/** Of a page of orders, those whose buyer or one of whose holders is meant. */
async function keepMeant(db: DbOrTx, rows: OrderRow[], text: string): Promise<OrderRow[]> {
  const held = await db
    .select({ orderId: orderLines.orderId, name: persons.name, email: persons.email })
    .from(orderLines)
    .innerJoin(orderHolders, eq(orderHolders.orderLineId, orderLines.id))
    .innerJoin(persons, eq(persons.id, orderHolders.personId))
    .where(sql`${orderLines.orderId} = any(${idArray(rows.map(({ id }) => id))})`);
  const meant = new Set(
    held.filter((holder) => isMeant(holder, text)).map(({ orderId }) => orderId),
  );
  return rows.filter(
    ({ id, buyerName, buyerEmail }) =>
      meant.has(id) || isMeant({ name: buyerName, email: buyerEmail }, text),
  );
}
