import { type Logger, pino } from 'pino';

export type Log = Logger;

/** JSON lines on standard output: counts and ids, never an address, a name, a link or a mail's words. */
export function openLog(level: string): Log {
  return pino({ level, base: { service: 'worker' } });
}

/** An error without the statement and its parameters, which database drivers put into theirs. */
export function describeError(error: unknown): { name: string; code?: string; message?: string } {
  if (!(error instanceof Error)) return { name: typeof error };
  if (error.cause instanceof Error) return describeError(error.cause);
  const code = 'code' in error && typeof error.code === 'string' ? { code: error.code } : {};
  return { name: error.name, ...code, message: error.message };
}
