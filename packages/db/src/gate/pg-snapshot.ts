/** What a snapshot of PostgreSQL has seen, as `pg_current_snapshot()` tells it. */
export interface PgSnapshot {
  /** Every transaction below has ended. */
  readonly xmin: bigint;
  /** No transaction from here on had begun. */
  readonly xmax: bigint;
  /** Those between that were still running. */
  readonly running: ReadonlySet<bigint>;
}

/** Reads `xmin:xmax:xid,xid`. */
export function parsePgSnapshot(text: string): PgSnapshot {
  const [xmin = '0', xmax = '0', running = ''] = text.split(':');
  return {
    xmin: BigInt(xmin),
    xmax: BigInt(xmax),
    running: new Set(running === '' ? [] : running.split(',').map(BigInt)),
  };
}

/** Whether `later` has seen all that `earlier` had, both of the same database. */
export function seesAllOf(later: PgSnapshot, earlier: PgSnapshot): boolean {
  if (later.xmax < earlier.xmax) return false;
  for (const xid of later.running) {
    if (xid < earlier.xmax && !earlier.running.has(xid)) return false;
  }
  return true;
}

/** Whether what this transaction committed is in the snapshot. The transaction is known to have committed by now. */
export function sees({ xmin, xmax, running }: PgSnapshot, xid: bigint): boolean {
  return xid < xmin || (xid < xmax && !running.has(xid));
}
