import { DrizzleQueryError } from 'drizzle-orm';
import postgres from 'postgres';
import type { Db, Tx } from '../client.ts';

/** A deadlock is broken by the database within a second; locks are sorted, so a second one in a row is news. */
const attemptsMax = 3;

const deadlockDetected = '40P01';
const lockNotAvailable = '55P03';

/** Leaves a transaction with a result: thrown so that everything is rolled back, caught by `transact`. */
class RolledBack<Result> extends Error {
  readonly result: Result;
  constructor(result: Result) {
    super('rolled back');
    this.result = result;
  }
}

/**
 * Runs a command in one transaction. `refuse(result)` rolls everything back and is the command's result;
 * a result that is returned is committed. Runs again when it lost a deadlock, so `work` must have no other effects.
 * @throws PostgresError without the statement's parameters, which may be personal data.
 */
export async function transact<Result>(
  db: Db,
  work: (tx: Tx, refuse: (result: Result) => never) => Promise<Result>,
): Promise<Result> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await db.transaction((tx) => work(tx, rollBackWith));
    } catch (error) {
      if (error instanceof RolledBack) return error.result as Result;
      const cause = error instanceof DrizzleQueryError ? error.cause : error;
      if (codeOf(cause) !== deadlockDetected || attempt === attemptsMax) throw cause;
    }
  }
}

function rollBackWith<Result>(result: Result): never {
  throw new RolledBack(result);
}

/** Whether a lock was not given within the connection's `lock_timeout`: too many people want the same row. */
export function isBusy(error: unknown): boolean {
  return codeOf(error) === lockNotAvailable;
}

function codeOf(error: unknown): string | undefined {
  return error instanceof postgres.PostgresError ? error.code : undefined;
}
