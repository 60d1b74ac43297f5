import { type SQL, sql } from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';
import type { Tx } from '../client.ts';
import { type Bodies, rowsIn } from './rows-of-facts.ts';

/** Rows of a table that may not be in these facts: `wrong` speaks of the row `r`. @returns whether there is one. */
export async function hasRow(tx: Tx, bodies: Bodies, table: PgTable, wrong: SQL): Promise<boolean> {
  const found = await tx.execute(sql`select from ${rowsIn(bodies, table)} where ${wrong} limit 1`);
  return found.length > 0;
}

/**
 * The row `r` is not this site's to tell of: it was made by another one, as its id says. The cloud tells of venues that are over, too, but
 * nobody tells a site of its own.
 */
export function isNotOf(author: number, site: SQL = sql`(r.id >> 48)`): SQL {
  return sql`(${site} is distinct from ${author} and (
    ${site} = (select number from sites where is_local)
    or not exists (select from sites where number = ${author} and kind = 'cloud')))`;
}

/** The row `r` is of another event. */
export function isNotIn(eventId: bigint): SQL {
  return sql`r.event_id is distinct from ${eventId}`;
}
