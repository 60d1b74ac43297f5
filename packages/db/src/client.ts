import { drizzle } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import * as schema from './schema/index.ts';

/** Connections one process keeps for everything but the gate's hot path. */
const connectionsMax = 10;

/** A statement that takes longer is a bug or a stuck lock; nothing here should wait for it. */
const statementTimeoutMs = 15_000;

/** A row that is still locked after this is wanted by too many: say so instead of waiting (commands/locks.ts). */
const lockTimeoutMs = 5_000;

/** A server that does not take a connection in this time (s) is not there now. */
const connectTimeoutS = 5;

/** Pause (s) before the next attempt to connect: services are back within a second of their database. */
const reconnectAfterS = 0.25;

export interface OpenDbOptions {
  connections?: number;
  /** Shown in pg_stat_activity. */
  name?: string;
}

/** Opens a pool on `url`. Close it with `db.$client.end()`. */
export function openDb(url: string, options: OpenDbOptions = {}) {
  const client = postgres(url, {
    max: options.connections ?? connectionsMax,
    connect_timeout: connectTimeoutS,
    backoff: () => reconnectAfterS,
    onnotice: () => {},
    // Each new connection would ask for the types of arrays first; when it is lost meanwhile, `postgres` has nobody to tell, and the
    // process ends. Lists are sent as literals (`idArray`), which need no types.
    fetch_types: false,
    connection: {
      application_name: options.name ?? 'catraca',
      statement_timeout: statementTimeoutMs,
      lock_timeout: lockTimeoutMs,
      // A prepared statement (rows.ts) keeps its text, not its plan: one made for empty tables would go on while they fill.
      plan_cache_mode: 'force_custom_plan',
    },
  });
  return drizzle({ client, schema });
}

export type Db = ReturnType<typeof openDb>;

/** What queries take: the pool or an open transaction. */
export type DbOrTx = Db | Tx;
export type Tx = Parameters<Parameters<Db['transaction']>[0]>[0];
