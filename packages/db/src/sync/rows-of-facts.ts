import { getTableColumns, type SQL, sql } from 'drizzle-orm';
import { getTableConfig, type PgTable } from 'drizzle-orm/pg-core';
import type { Tx } from '../client.ts';

/*
 * A fact's body is the rows it tells of, by the names of their tables, as they were at that moment. PostgreSQL writes and
 * reads them (`to_jsonb`, `jsonb_populate_recordset`): 64-bit ids and microseconds stay what they are, and types are checked.
 */

/** The bodies of facts in their order: JSON text each, which JavaScript does not read. */
export type Bodies = readonly string[];

/** The rows of one table in these bodies, as a table named `r`; `place` is the one of their body. */
export function rowsIn(bodies: Bodies, table: PgTable): SQL {
  const { name } = getTableConfig(table);
  return sql`jsonb_array_elements(${`[${bodies.join(',')}]`}::jsonb) with ordinality as b(body, place)
    cross join jsonb_populate_recordset(null::${table}, coalesce(nullif(b.body->${name}::text, 'null'), '[]')) as r`;
}

/** Writes rows `r` of one table, all columns of it. `conflict` is what follows: `on conflict …`, `returning …`. */
export async function takeRows(
  tx: Tx,
  bodies: Bodies,
  table: PgTable,
  conflict: SQL = sql`on conflict do nothing`,
  where: SQL = sql`true`,
): Promise<Record<string, unknown>[]> {
  const names = columnsOf(table);
  return tx.execute(sql`insert into ${table} (${sql.raw(names.join(', '))})
    select ${ofRow(names)} from ${rowsIn(bodies, table)} where ${where} ${conflict}`);
}

/** As `takeRows`, where a row `r` may be there already and changes: the last one of each `key` is what it becomes. */
export async function replaceRows(
  tx: Tx,
  bodies: Bodies,
  table: PgTable,
  key: readonly string[],
  set: SQL = setAll(table, key),
  where: SQL = sql`true`,
): Promise<void> {
  const names = columnsOf(table);
  const keys = ofRow(key);
  await tx.execute(sql`insert into ${table} (${sql.raw(names.join(', '))})
    select distinct on (${keys}) ${ofRow(names)} from ${rowsIn(bodies, table)} where ${where} order by ${keys}, b.place desc
    on conflict (${sql.raw(key.join(', '))}) do update set ${set}`);
}

function setAll(table: PgTable, key: readonly string[]): SQL {
  const rest = columnsOf(table).filter((name) => !key.includes(name));
  return sql.raw(rest.map((name) => `${name} = excluded.${name}`).join(', '));
}

function columnsOf(table: PgTable): string[] {
  return Object.values(getTableColumns(table)).map(({ name }) => `"${name}"`);
}

function ofRow(names: readonly string[]): SQL {
  return sql.raw(names.map((name) => `r.${name}`).join(', '));
}
