import postgres from 'postgres';

/** A server that does not take a connection in this time (s) is gone for now: the scans are answered `busy`. */
const connectTimeoutS = 2;

/** Pause (s) before the next attempt to connect: the gate is back within a second of its database. */
const reconnectAfterS = 0.25;

/** A batch takes milliseconds. What takes longer than this (ms) is stuck, and nobody waits at a gate for it. */
export const gateStatementTimeoutMs = 4_000;

/**
 * Session settings of the gate's statements. A plan made while the tables are empty would cost ten times as much once they
 * are full: so the plan is always the generic one, and only walks along an index are left to it.
 */
const session = {
  plan_cache_mode: 'force_generic_plan',
  enable_seqscan: 'off',
  enable_mergejoin: 'off',
  enable_bitmapscan: 'off',
  jit: 'off',
  statement_timeout: gateStatementTimeoutMs,
};

/**
 * Opens one connection for the gate's batches, beside the pool of everything else. Statements that are sent to it without
 * waiting in between go out together and run in their order, each a transaction of its own.
 * `bigint` columns are JS BigInt. Close it with `db.end()`.
 */
export function openGateDb(url: string, name = 'catraca-gate') {
  return postgres(url, {
    max: 1,
    // Array parameters are written as literals (`arrayLiteral`), so their types need not be asked for.
    fetch_types: false,
    types: { bigint: postgres.BigInt },
    connect_timeout: connectTimeoutS,
    backoff: () => reconnectAfterS,
    max_lifetime: null,
    onnotice: () => {},
    connection: { application_name: name, ...session },
  });
}

export type GateDb = ReturnType<typeof openGateDb>;
