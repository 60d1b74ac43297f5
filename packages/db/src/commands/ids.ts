import { sql } from 'drizzle-orm';
import type { DbOrTx } from '../client.ts';

/** So many new ids of this site, for rows that are written together with rows that name them. */
export async function takeIds(tx: DbOrTx, count: number): Promise<bigint[]> {
  if (count === 0) return [];
  const rows = await tx.execute<{ id: string }>(
    sql`select nextval('site_ids') as id from generate_series(1, ${count})`,
  );
  return rows.map((row) => BigInt(row.id));
}

/** The element at `index`, which the caller knows to be there. */
export function at<Item>(items: readonly Item[], index: number): Item {
  const item = items[index];
  if (item === undefined) throw new Error(`nothing at ${index} of ${items.length}`);
  return item;
}
