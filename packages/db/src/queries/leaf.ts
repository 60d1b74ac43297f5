import { type AnyColumn, asc, desc, sql, type SQL } from 'drizzle-orm';
import type { DbOrTx } from '../client.ts';

/**
 * Where a page of a list lies: by a row that its reader saw, not by how many rows to leave out. So the thousandth page costs what the first
 * does, and what comes in meanwhile neither repeats a row nor skips one.
 */
export type Leaf = 'first' | 'last' | { after: string } | { before: string };

/** In which order the rows of a list stand: by a column, and by their ids where that is the same. */
export interface Order {
  table: AnyColumn['table'];
  /** By this a row is named to its reader. */
  key: AnyColumn;
  by: AnyColumn;
  id: AnyColumn;
  descending: boolean;
}

/** What a page asks the database for. */
export interface LeafQuery {
  /** Undefined: from the beginning, or the end. */
  where: SQL | undefined;
  orderBy: SQL[];
  limit: number;
}

export interface LeafReader<Row> {
  read(query: LeafQuery): Promise<Row[]>;
  keyOf(row: Row): string;
  /** Those that are meant, where the database cannot know. */
  keep?: ((rows: Row[]) => Row[] | Promise<Row[]>) | undefined;
}

export interface LeafRows<Row> {
  rows: Row[];
  hasBefore: boolean;
  hasAfter: boolean;
  /** Of very many rows none or few were meant, and no more were looked at. */
  cut: boolean;
}

/** Rows that are looked at for a page. */
const lookedAtMax = 1_000;

/** A page of a list, in its order. Pages towards the beginning are read from their end. */
export async function readLeaf<Row>(
  leaf: Leaf,
  order: Order,
  pageSize: number,
  { read, keyOf, keep = (rows) => rows }: LeafReader<Row>,
): Promise<LeafRows<Row>> {
  const backwards = leaf === 'last' || (typeof leaf === 'object' && 'before' in leaf);
  // One more than the page has tells whether there are others.
  const limit = pageSize + 1;
  const found: Row[] = [];
  let from = leaf;
  let cut = false;
  for (let lookedAt = limit; ; lookedAt += limit) {
    const rows = await read(queryOf(from, order, backwards, limit));
    found.push(...(await keep(rows)));
    const last = rows.at(-1);
    if (found.length > pageSize || rows.length < limit || last === undefined) break;
    cut = lookedAt >= lookedAtMax;
    if (cut) break;
    from = backwards ? { before: keyOf(last) } : { after: keyOf(last) };
  }
  const hasMore = found.length > pageSize;
  const rows = found.slice(0, pageSize);
  if (!backwards) return { rows, hasBefore: leaf !== 'first', hasAfter: hasMore, cut };
  return { rows: rows.reverse(), hasBefore: hasMore, hasAfter: leaf !== 'last', cut };
}

function queryOf(leaf: Leaf, order: Order, backwards: boolean, limit: number): LeafQuery {
  const descends = order.descending !== backwards;
  const direction = descends ? desc : asc;
  const orderBy = [direction(order.by), direction(order.id)];
  if (typeof leaf === 'string') return { where: undefined, orderBy, limit };
  const key = 'after' in leaf ? leaf.after : leaf.before;
  // The row's own values, compared where they are: as a JavaScript date an instant would lose its microseconds.
  const its = (column: AnyColumn) =>
    sql`(select ${column} from ${order.table} where ${order.key} = ${key})`;
  const where = sql`(${order.by}, ${order.id}) ${sql.raw(descends ? '<' : '>')} (${its(order.by)}, ${its(order.id)})`;
  return { where, orderBy, limit };
}

/** Rows that are counted: nobody reads on to the ten thousandth, and to count all of a large event on each key takes longer than to find them. */
export const countedMax = 10_000;

/** How many rows a list has: so many, or more, where not all were counted. */
export interface Total {
  count: number;
  hasMore: boolean;
}

export async function countUpTo(db: DbOrTx, query: SQL): Promise<Total> {
  const [row] = await db.execute<{ count: number }>(
    sql`select count(*)::int as count from (${query} limit ${countedMax + 1}) counted`,
  );
  const count = row?.count ?? 0;
  return { count: Math.min(count, countedMax), hasMore: count > countedMax };
}
