import { assert } from '@catraca/domain';
import { getTableColumns, is, sql, type SQL } from 'drizzle-orm';
import { getTableConfig, type PgColumn, PgTable } from 'drizzle-orm/pg-core';
import type { Db, Tx } from '../client.ts';
import { deletePersonalKeys, listKeysToDelete } from '../commands/keys/personal-keys.ts';
import { transact } from '../commands/transact.ts';
import { rowSet } from '../rows.ts';
import * as schema from '../schema/index.ts';
import { isSealed } from '../schema/sealed.ts';
import { keyNumberOf, openPersonal, personalKeys, sealPersonal } from './personal-keys.ts';

/** With the same keys the next look through everything is this much (ms) later. */
const againAfterMs = 60 * 60_000;

/** Rows looked at in one statement: a tenth of a second. */
const rowsPerLook = 20_000;

/** Rows sealed anew in one transaction, which locks them: a few ms for names; pictures are ten times as slow. */
const rowsPerBatch = 200;

interface SealedTable {
  table: PgTable;
  name: string;
  key: PgColumn;
  columns: PgColumn[];
}

/** Every table with sealed columns: what is added to the schema is among them by itself. */
export function sealedTables(): SealedTable[] {
  const tables = Object.values(schema).filter((entry) => is(entry, PgTable));
  return tables.flatMap((table) => {
    const all = Object.values(getTableColumns(table)) as PgColumn[];
    const columns = all.filter(isSealed);
    if (columns.length === 0) return [];
    const key = all.find(({ primary }) => primary);
    const { name } = getTableConfig(table);
    assert(key, `${name} has one column as its key`);
    return [{ table, name, key, columns }];
  });
}

/**
 * Seals anew, by the current key, what other keys sealed: one table after the other in the order of their keys, some rows at a time. It can
 * stop anywhere and begin again: what is done is known by the number of its key.
 */
export class Resealing {
  readonly #db: Db;
  #open: { table: SealedTable; after: string }[] = [];
  #deletable: number[] = [];
  #underWay = false;
  #last = { keys: '', endedAt: 0 };

  constructor(db: Db) {
    this.#db = db;
  }

  /** One step: a batch, or a look at some thousand rows. @returns whether there is more to do now. */
  async step(): Promise<boolean> {
    if (!this.#underWay) {
      if (!this.#isDue()) return false;
      this.#deletable = await listKeysToDelete(this.#db);
      this.#open = sealedTables().map((table) => ({ table, after: '0' }));
      this.#underWay = true;
    }
    const [next] = this.#open;
    if (next) {
      const after = await this.#advance(next.table, next.after);
      if (after === undefined) this.#open.shift();
      else next.after = after;
      return true;
    }
    // Once around: whatever was old at the beginning, and could not be written by anybody since, is nowhere.
    this.#underWay = false;
    this.#last.endedAt = performance.now();
    await deletePersonalKeys(this.#db, this.#deletable);
    return false;
  }

  #isDue(): boolean {
    const { data, current } = personalKeys();
    const keys = `${[...data.keys()].join()}/${current}`;
    if (data.size < 2) return false;
    if (keys === this.#last.keys && performance.now() - this.#last.endedAt < againAfterMs)
      return false;
    this.#last.keys = keys;
    return true;
  }

  async #advance(of: SealedTable, after: string): Promise<string | undefined> {
    const { current } = personalKeys();
    const key = sql.identifier(of.key.name);
    const [page] = await this.#db.execute<{ last: string | null }>(sql`
      select max(key)::text as last from (
        select ${key} as key from ${of.table} where ${key} > ${after}::bigint order by 1 limit ${rowsPerLook}) as page`);
    if (page?.last === undefined || page.last === null) return undefined;
    const { last } = page;
    const done = await transact<string | undefined>(this.#db, async (tx) => {
      const rows = await selectOthers(
        tx,
        of,
        sql`${key} > ${after}::bigint and ${key} <= ${last}::bigint`,
        current,
      );
      await writeAnew(tx, of, rows);
      return rows.length === rowsPerBatch ? rows.at(-1)?.key : undefined;
    });
    return done ?? last;
  }
}

type SealedRow = { key: string } & Record<string, Buffer | string | null>;

function selectOthers(tx: Tx, { table, key, columns }: SealedTable, within: SQL, current: number) {
  const isOther = ({ name }: PgColumn) =>
    sql`substring(${sql.identifier(name)} from 1 for 2) <> decode(${current.toString(16).padStart(4, '0')}, 'hex')`;
  const names = columns.map(({ name }) => sql`${sql.identifier(name)}`);
  return tx.execute<SealedRow>(sql`
    select ${sql.identifier(key.name)}::text as key, ${sql.join(names, sql`, `)} from ${table}
    where ${within} and (${sql.join(columns.map(isOther), sql` or `)})
    order by ${sql.identifier(key.name)} limit ${rowsPerBatch} for no key update`);
}

async function writeAnew(tx: Tx, of: SealedTable, rows: readonly SealedRow[]): Promise<void> {
  if (rows.length === 0) return;
  const { current } = personalKeys();
  const written = rows.map((row) => {
    const cells = of.columns.map(({ name }) => {
      const sealed = row[name];
      if (!Buffer.isBuffer(sealed)) return [name, null] as const;
      const isCurrent = keyNumberOf(sealed) === current;
      return [name, isCurrent ? sealed : sealPersonal(openPersonal(sealed))] as const;
    });
    return { ...Object.fromEntries(cells), key: row.key };
  });
  const types = Object.fromEntries(of.columns.map(({ name }) => [name, 'bytea' as const]));
  const set = of.columns.map(({ name }) => sql.raw(`"${name}" = given."${name}"`));
  await tx.execute(sql`
    update ${of.table} set ${sql.join(set, sql`, `)}
    from ${rowSet('given', { key: 'bigint', ...types }, written)}
    where ${of.table}.${sql.identifier(of.key.name)} = given.key`);
}
