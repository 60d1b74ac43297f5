import { DrizzleQueryError } from 'drizzle-orm';
import postgres from 'postgres';

const diskFull = '53100';

/** Whether the database's disk has no space left: nothing of what was to be written was, and the same works again once there is. */
export function isDiskFull(error: unknown): boolean {
  const cause = error instanceof DrizzleQueryError ? error.cause : error;
  return cause instanceof postgres.PostgresError && cause.code === diskFull;
}
