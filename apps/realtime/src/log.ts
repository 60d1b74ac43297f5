import { type Logger, pino } from 'pino';

export type Log = Logger;

/**
 * JSON lines on standard output. What is logged is chosen field by field: never a frame, a header, a code, a token or a
 * name; and of an error only what `describeError` leaves.
 */
export function openLog(level: string): Log {
  return pino({ level, base: { service: 'realtime' } });
}

/** An error without the statement and its parameters, which database drivers put into theirs. */
export function describeError(error: unknown): { name: string; code?: string; message?: string } {
  if (!(error instanceof Error)) return { name: typeof error };
  // Drizzle's own message quotes the parameters; what happened is in its cause.
  if (error.cause instanceof Error) return describeError(error.cause);
  const code = 'code' in error && typeof error.code === 'string' ? { code: error.code } : {};
  return { name: error.name, ...code, message: error.message };
}
