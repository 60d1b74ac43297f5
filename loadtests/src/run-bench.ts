import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { withLock } from '../../scripts/lib/lock.ts';
import { type BenchDatabase, openBenchDatabase } from './database/bench-database.ts';
import { describeFaults, type Faults } from './report/faults.ts';

/** Progress goes to standard error: standard output is the report. */
export function say(line: string): void {
  console.error(line);
}

let current: BenchDatabase | undefined;

/** Opens the database with so many passes, hands it to `work`, and ends its server whatever happens. */
export async function withDatabase<T>(
  data: string,
  passes: number,
  work: (database: BenchDatabase) => Promise<T>,
): Promise<T> {
  const database = await openBenchDatabase(data, passes, say);
  current = database;
  try {
    return await work(database);
  } finally {
    current = undefined;
    await database.close();
  }
}

/**
 * Runs a benchmark, alone on its folder. Its process ends with 1 when it fails, or when anything was wrong with a
 * verdict; a goal that was missed is no failure.
 */
export async function runBench(data: string, bench: () => Promise<Faults[]>): Promise<void> {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void current?.close().finally(() => process.exit(130)));
  }
  try {
    const faults = await withLock(path.join(data, 'lock'), bench);
    const found = faults.flatMap(describeFaults);
    console.log(
      found.length === 0
        ? '\nNo double admission, no lost verdict, every verdict as the rules have it, and the log agrees.'
        : `\nWRONG:\n${found.join('\n')}`,
    );
    process.exitCode = found.length === 0 ? 0 : 1;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}

export function writeJson(file: string | undefined, result: unknown): void {
  if (file === undefined) return;
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(result, null, 2)}\n`);
  say(`written: ${file}`);
}
