import { getTableColumns, is, sql, type SQL, type SQLWrapper } from 'drizzle-orm';
import { type PgColumn, PgCustomColumn, type PgTable } from 'drizzle-orm/pg-core';
import type { TransactionSql } from 'postgres';
import type { DbOrTx, Tx } from './client.ts';

/*
 * Many rows in one statement and one parameter. They travel as JSON, which PostgreSQL takes apart into typed columns:
 * twenty thousand passes are one statement, and a statement's text does not depend on how many rows it is for.
 */

/** SQL types of the columns a row set is made of. */
type ColumnType = 'bigint' | 'integer' | 'smallint' | 'text' | 'bytea' | 'integer[]';

type Cell = bigint | number | string | Uint8Array | readonly number[] | null;

/** Rows as a table inside a statement: `rowSet('line', { id: 'bigint', name: 'text' }, rows)`; columns are named as keys. */
export function rowSet<Name extends string>(
  alias: string,
  columns: Record<Name, ColumnType>,
  rows: readonly Record<Name, Cell>[],
): SQL {
  const names = Object.entries(columns).map(([name, type]) => `"${name}" ${type}`);
  return recordset(rows, `${alias}(${names.join(', ')})`);
}

/**
 * Inserts rows, in their order. All have the keys of the first.
 * `conflict` is what follows: `on conflict …`, `returning …`.
 */
export async function insertRows<Table extends PgTable, Row extends Table['$inferInsert']>(
  db: DbOrTx,
  table: Table,
  rows: readonly Row[],
  conflict: SQL = sql``,
): Promise<Record<string, unknown>[]> {
  return rows.length === 0 ? [] : db.execute(insertion(table, rows, conflict));
}

/** The statement of `insertRows`. At least one row. */
export function insertion<Table extends PgTable, Row extends Table['$inferInsert']>(
  table: Table,
  rows: readonly Row[],
  conflict: SQL = sql``,
): SQL {
  const first = rows[0] ?? {};
  const columns = Object.entries(getTableColumns(table)).filter(([key]) => key in first);
  const names = sql.raw(columns.map(([, column]) => `"${column.name}"`).join(', '));
  const keys = sql.raw(columns.map(([key]) => `"${key}"`).join(', '));
  const types = columns.map(([key, column]) => `"${key}" ${column.getSQLType()}`);
  const written = rows.map((row) => asWritten(columns, row));
  return sql`insert into ${table} (${names}) select ${keys} from ${recordset(written, `given(${types.join(', ')})`)} ${conflict}`;
}

/** A row with the values of columns of our own as the database has them: a sealed name is sealed here. */
function asWritten(columns: readonly [string, PgColumn][], row: object): object {
  const written: Record<string, unknown> = { ...row };
  for (const [key, column] of columns) {
    const value = written[key];
    if (!is(column, PgCustomColumn) || value === null || value === undefined) continue;
    written[key] = column.mapToDriverValue(value);
  }
  return written;
}

/** What a transaction of drizzle's runs on, which its types do not show. */
interface OnConnection {
  session: { client: TransactionSql };
}

/**
 * Sends statements one behind the other, without waiting in between: they run in their order, in one round trip to the
 * database. What is locked is locked for as short as can be. The first that fails fails all.
 *
 * They are prepared, once for each connection, since the driver does not send the next one before it has asked what the parameters of
 * one that is not prepared are. So their texts must not depend on how many rows they are for: `insertion`, `rowSet`, `idArray`.
 */
export async function sendAll(
  tx: Tx,
  statements: readonly SQLWrapper[],
): Promise<Record<string, unknown>[][]> {
  const { client } = (tx as unknown as OnConnection).session;
  const sent = statements.map((statement) => {
    const { sql: text, params } = tx.execute(statement).getQuery();
    return client.unsafe(text, params as never[], { prepare: true }).execute();
  });
  return Promise.all(sent);
}

function recordset(rows: readonly object[], definition: string): SQL {
  return sql`json_to_recordset(${JSON.stringify(rows, toText)}::json) as ${sql.raw(definition)}`;
}

/** `this` has the value itself: a Buffer among them has become JSON by its own way before it comes here. */
function toText(this: Record<string, unknown>, key: string, given: unknown): unknown {
  const value = this[key];
  if (typeof value === 'bigint') return value.toString();
  return value instanceof Uint8Array ? `\\x${Buffer.from(value).toString('hex')}` : given;
}

/** Ids as one parameter: `where id = any(${idArray(ids)})`. */
export function idArray(ids: readonly bigint[]): SQL {
  return sql`${`{${ids.join(',')}}`}::bigint[]`;
}
