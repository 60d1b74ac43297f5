import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { withLock } from '../../scripts/lib/lock.ts';
import { stopPostgres } from '@catraca/db/embedded';
import { type BenchDatabase, openBenchDatabase } from './database/bench-database.ts';
import { findLoadedFolder } from './database/loaded-folder.ts';
import { describeFaults, type Faults } from './report/faults.ts';

/** Progress goes to standard error: standard output is the report. */
export function say(line: string): void {
  console.error(line);
}

/** Of the server that runs now, if one does. */
let dataDirInUse: string | undefined;

/** Opens the database with so many passes, hands it to `work`, and ends its server whatever happens. */
export async function withDatabase<T>(
  data: string,
  passes: number,
  work: (database: BenchDatabase) => Promise<T>,
): Promise<T> {
  const folder = await findLoadedFolder(data, passes);
  dataDirInUse = folder.dataDir;
  const database = await openBenchDatabase(folder, passes, say);
  try {
    return await work(database);
  } finally {
    await database.close();
    dataDirInUse = undefined;
  }
}

/** A benchmark. @returns what was wrong in each of its measurements. */
export type Work = () => Promise<Faults[]>;

/**
 * Runs a benchmark, alone on its folder; `plan` reads what is wanted, and throws in words for people. The process ends with 1
 * when it fails, or when anything was wrong with a verdict; a goal that was missed is no failure.
 */
export async function runBench(data: string, plan: () => Work): Promise<void> {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => void breakOff());
  }
  const lock = path.join(data, 'lock');
  try {
    const work = plan();
    if (existsSync(lock)) say(`Waits for another benchmark to end (${lock}).`);
    const faults = await withLock(lock, work);
    const found = faults.flatMap(describeFaults);
    console.log(found.length === 0 ? sound : `\nWRONG:\n${found.join('\n')}`);
    process.exitCode = found.length === 0 ? 0 : 1;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}

const sound =
  '\nNo double admission, no lost verdict, every verdict as the rules have it, and the log agrees.';

/** The server would go on without us. */
async function breakOff(): Promise<void> {
  if (dataDirInUse) await stopPostgres(dataDirInUse);
  process.exit(130);
}

export function writeJson(file: string | undefined, result: unknown): void {
  if (file === undefined) return;
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(result, null, 2)}\n`);
  say(`written: ${file}`);
}
