import { migrate, openDb } from '@catraca/db';
import { createDatabase, startPostgres, stopPostgres } from '@catraca/db/embedded';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Walk } from '../passes/plan.ts';
import { fillLog } from './fill-log.ts';
import { loadPasses } from './load-passes.ts';
import type { LoadedFolder } from './loaded-folder.ts';
import { makeBenchEvent } from './make-event.ts';
import { openSql, type Sql } from './open-sql.ts';
import { type BenchEvent, moveEventToToday, readBenchEvent } from './read-facts.ts';

/** A PostgreSQL of the benchmark's own, with its passes, and where the walk through them stands. */
export class BenchDatabase {
  readonly url: string;
  readonly dataDir: string;
  readonly event: BenchEvent;
  readonly sql: Sql;
  walk: Walk;

  constructor(url: string, dataDir: string, event: BenchEvent, passes: number) {
    this.url = url;
    this.dataDir = dataDir;
    this.event = event;
    this.sql = openSql(url);
    this.walk = { size: passes, used: 0, cursor: 0 };
  }

  get passes(): number {
    return this.walk.size;
  }

  /** All processes of the server are children of this one. */
  get serverPid(): number {
    return Number(readFileSync(path.join(this.dataDir, 'postmaster.pid'), 'utf8').split('\n')[0]);
  }

  /** Puts the log back to its beginning: this share of the passes has come in. */
  async reset(usedShare: number): Promise<void> {
    const { size } = this.walk;
    const used = Math.max(1, Math.round(size * usedShare));
    await fillLog(this.sql, size, used);
    this.walk = { size, used, cursor: used };
  }

  /** Sees to it that the walk has so many passes before it, or all that there are: else the log begins anew. */
  async ensureFresh(passes: number): Promise<void> {
    const { size, used, cursor } = this.walk;
    if (size - cursor < Math.min(passes, size - used)) await this.reset(used / size);
  }

  /** Ends the server; the loaded passes stay for the next time. */
  async close(): Promise<void> {
    await this.sql.end({ timeout: 1 });
    await stopPostgres(this.dataDir);
  }
}

/**
 * Opens the database with so many passes, loading them when that was not done before. It is the server that `npm start`
 * starts, with its settings: fsync is on.
 */
export async function openBenchDatabase(
  { dataDir, isLoaded, markLoaded }: LoadedFolder,
  passes: number,
  say: (line: string) => void,
): Promise<BenchDatabase> {
  const server = await startPostgres({ dataDir });
  try {
    const url = await createDatabase(server.url, 'bench');
    if (!isLoaded) {
      await load(url, passes, say);
      markLoaded();
    }
    return new BenchDatabase(url, dataDir, await openEvent(url), passes);
  } catch (error) {
    await server.stop();
    throw error;
  }
}

async function load(url: string, passes: number, say: (line: string) => void): Promise<void> {
  const startedAt = performance.now();
  say(`Loading ${passes.toLocaleString('en')} passes, once:`);
  await migrate(url);
  const db = openDb(url, { connections: 1, name: 'bench' });
  const sql = openSql(url);
  try {
    await makeBenchEvent(db);
    await loadPasses(sql, passes, (what) =>
      say(`  ${what} (${((performance.now() - startedAt) / 1000).toFixed(0)} s)`),
    );
  } finally {
    await db.$client.end({ timeout: 1 });
    await sql.end({ timeout: 1 });
  }
}

async function openEvent(url: string): Promise<BenchEvent> {
  const db = openDb(url, { connections: 1, name: 'bench' });
  try {
    await moveEventToToday(db);
    return await readBenchEvent(db);
  } finally {
    await db.$client.end({ timeout: 1 });
  }
}
