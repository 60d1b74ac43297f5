import { type SQL, sql } from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';
import type { Tx } from '../client.ts';
import { type Bodies, rowsIn } from './rows-of-facts.ts';

/** Rows of a table that may not be in these facts: `wrong` speaks of the row `r`. @returns whether there is one. */
export async function hasRow(tx: Tx, bodies: Bodies, table: PgTable, wrong: SQL): Promise<boolean> {
  const found = await tx.execute(sql`select from ${rowsIn(bodies, table)} where ${wrong} limit 1`);
  return found.length > 0;
}

/** The row `r` was not made by this site: its id says so. */
export function isNotOf(author: number, column = 'id'): SQL {
  return sql`(r.${sql.identifier(column)} >> 48) is distinct from ${author}`;
}

/** The row `r` is of another event. */
export function isNotIn(eventId: bigint): SQL {
  return sql`r.event_id is distinct from ${eventId}`;
}
