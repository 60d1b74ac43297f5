import { closeSync, fdatasyncSync, openSync, rmSync, writeSync } from 'node:fs';
import os, { cpus, loadavg, totalmem } from 'node:os';
import path from 'node:path';
import type { BenchDatabase } from '../database/bench-database.ts';
import { Histogram } from './histogram.ts';

/** What a figure means nothing without. */
export interface Machine {
  readonly cores: number;
  readonly processor: string;
  readonly memoryGiB: number;
  readonly kernel: string;
  readonly node: string;
  readonly postgres: string;
  readonly settings: Record<string, string>;
  /** Median of what the disk takes to make 8 kB durable. */
  readonly fdatasyncMs: number;
  /** Processes that waited for a core, on average of the last minute, before the benchmark began. */
  readonly loadBefore: number;
}

const settings = [
  'fsync',
  'synchronous_commit',
  'full_page_writes',
  'wal_compression',
  'shared_buffers',
  'max_wal_size',
  'checkpoint_timeout',
];

export async function describeMachine({
  sql,
  dataDir,
}: Pick<BenchDatabase, 'sql' | 'dataDir'>): Promise<Machine> {
  const rows = await sql<{ name: string; value: string }[]>`
    select name, current_setting(name) as value from pg_settings where name = any(${settings}) order by name`;
  const [server] = await sql<
    { version: string }[]
  >`select current_setting('server_version') as version`;
  return {
    cores: cpus().length,
    processor: cpus()[0]?.model ?? 'unknown',
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    kernel: `${os.type()} ${os.release()}`,
    node: process.version,
    postgres: server?.version ?? 'unknown',
    settings: Object.fromEntries(rows.map(({ name, value }) => [name, value])),
    fdatasyncMs: measureFdatasync(path.dirname(dataDir)),
    loadBefore: loadavg()[0] ?? Number.NaN,
  };
}

function measureFdatasync(folder: string): number {
  const file = path.join(folder, 'fdatasync.probe');
  const descriptor = openSync(file, 'w');
  const page = Buffer.alloc(8192);
  const took = new Histogram();
  for (let i = 0; i < 200; i++) {
    writeSync(descriptor, page);
    const startedAt = performance.now();
    fdatasyncSync(descriptor);
    took.record(performance.now() - startedAt);
  }
  closeSync(descriptor);
  rmSync(file);
  return took.percentile(50);
}
