import { and, asc, count, desc, eq, inArray, like, or, sql, type SQL } from 'drizzle-orm';
import type { DbOrTx } from '../client.ts';
import { findPeople } from '../personal/find-people.ts';
import { idArray } from '../rows.ts';
import { orderHolders, orderLines, orders, persons } from '../schema/index.ts';
import { anywhere } from './anywhere.ts';

/** Not by name: it is sealed. */
export const orderSorts = ['newest', 'oldest', 'largest'] as const;
export type OrderSort = (typeof orderSorts)[number];

export interface OrderSearch {
  eventId: bigint;
  /** Any part of the buyer's or a holder's name, an e-mail or a reference; all orders when it is empty. */
  text: string;
  state: (typeof orders.$inferSelect)['state'] | null;
  sort: OrderSort;
  /** From 0. */
  page: number;
  pageSize: number;
}

/** A page of an event's orders, and how many there are on all pages; `cut` when so many people fit that not all were looked at. */
export async function listOrders(db: DbOrTx, search: OrderSearch) {
  const { matches, cut } = await matching(db, search);
  const where = and(
    eq(orders.eventId, search.eventId),
    search.state ? eq(orders.state, search.state) : undefined,
    matches,
  );
  const [total] = await db.select({ count: count() }).from(orders).where(where);
  const rows = await db
    .select({
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
    .where(where)
    .orderBy(...orderOf[search.sort])
    .limit(search.pageSize)
    .offset(search.page * search.pageSize);
  return { total: total?.count ?? 0, cut, rows };
}

const orderOf: Record<OrderSort, SQL[]> = {
  newest: [desc(orders.createdAt), desc(orders.id)],
  oldest: [asc(orders.createdAt), asc(orders.id)],
  largest: [desc(orders.totalMinor), desc(orders.id)],
};

async function matching(
  db: DbOrTx,
  { eventId, text }: OrderSearch,
): Promise<{ matches: SQL | undefined; cut: boolean }> {
  const reference = text.trim().toUpperCase();
  if (!reference) return { matches: undefined, cut: false };
  const { people, cut } = await findPeople(db, eventId, text);
  const ids = idArray(people.map(({ id }) => id));
  const held = db
    .select({ id: orderLines.orderId })
    .from(orderHolders)
    .innerJoin(orderLines, eq(orderLines.id, orderHolders.orderLineId))
    .where(sql`${orderHolders.personId} = any(${ids})`);
  const matches = or(
    like(orders.reference, anywhere(reference)),
    sql`${orders.buyerId} = any(${ids})`,
    inArray(orders.id, held),
  );
  return { matches, cut };
}
