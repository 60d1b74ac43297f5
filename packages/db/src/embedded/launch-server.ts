import assert from 'node:assert/strict';
import { closeSync, existsSync, openSync, readFileSync, renameSync } from 'node:fs';
import { totalmem } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Binaries, EmbeddedPostgresError } from './binaries.ts';
import { findPostmaster, type Postmaster, rememberedPort, rememberPort } from './data-folder.ts';
import { freePort, isFreePort } from './ports.ts';
import { launch } from './run.ts';

const pollMs = 25;

/** Past this the port of the last start belongs to another program. */
const letsGoWithinMs = 1_000;

export interface StartPostgresOptions {
  /** Made when missing. Its parent must be writable. */
  dataDir: string;
  /** False loses data when the machine dies: for tests only. */
  fsync?: boolean;
  /** Otherwise that of the last start, or any free one. */
  port?: number;
  /** Extensions that must be loaded with the server, such as `pg_stat_statements`. */
  preload?: readonly string[];
}

/** Starts a server on `dataDir`, which may not answer yet. */
export async function launchServer(
  binaries: Binaries,
  dataDir: string,
  options: StartPostgresOptions,
  deadline: number,
): Promise<Postmaster> {
  const port = options.port ?? (await portFor(dataDir));
  const log = path.join(dataDir, 'server.log');
  while (true) {
    if (existsSync(log)) renameSync(log, `${log}.1`);
    const output = openSync(log, 'w', 0o600);
    const child = await launch(
      [binaries.postgres, '-D', dataDir, ...serverSettings(binaries, port, options)],
      ['ignore', output, output],
    );
    closeSync(output);
    const pid = child.pid;
    assert(pid !== undefined);
    // It names itself in postmaster.pid once it holds the data folder, or it ends.
    while (child.exitCode === null && findPostmaster(dataDir)?.pid !== pid) await pause(pollMs);
    if (child.exitCode === null) {
      rememberPort(dataDir, port);
      return { pid, port };
    }
    const other = findPostmaster(dataDir);
    if (other) return other; // another process was first
    const why = readFileSync(log, 'utf8');
    // The children of a killed server need a moment to notice.
    const isEnding = why.includes('still in use');
    if (!isEnding || Date.now() > deadline) throw failure(why);
    await pause(pollMs * 4);
  }
}

function serverSettings(
  binaries: Binaries,
  port: number,
  { fsync = true, preload = [] }: StartPostgresOptions,
): string[] {
  const libraries = fsync ? [...preload, ...prewarming(binaries)] : preload;
  const settings: Record<string, string | number> = {
    listen_addresses: '127.0.0.1',
    port,
    unix_socket_directories: '',
    max_connections: 200,
    shared_buffers: `${sharedBuffersMiB()}MB`,
    work_mem: '8MB',
    random_page_cost: 1.1, // SSD
    // Each first change of a page after a checkpoint writes the whole page: few checkpoints, small pages.
    checkpoint_timeout: '15min',
    max_wal_size: '4GB',
    wal_compression: 'pglz',
    timezone: 'UTC',
    log_timezone: 'UTC',
    // What people typed must not reach the log: no statements, no row contents.
    log_min_messages: 'warning',
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
    // Commits still reach the operating system: what was acknowledged survives a killed process, not a dead machine.
    ...(fsync ? {} : { fsync: 'off', full_page_writes: 'off' }),
    shared_preload_libraries: libraries.join(','),
  };
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

/**
 * What was in memory when the server ended is read back when it starts: else the first minutes of a big event would wait for the disk
 * with each scan. Comes with PostgreSQL, but not with every package of it.
 */
function prewarming({ postgres }: Binaries): string[] {
  const folders = ['lib/postgresql', 'lib'].map((folder) => path.join(postgres, '../..', folder));
  const has = ['so', 'dylib', 'dll'].some((type) =>
    folders.some((folder) => existsSync(path.join(folder, `pg_prewarm.${type}`))),
  );
  return has ? ['pg_prewarm'] : [];
}

/**
 * A quarter of the memory, as PostgreSQL's manual advises: services and the operating system's own cache want theirs. Only what is used is
 * taken. With ten million passes a scan touches pages at random, and each that is not here is fetched with a system call.
 */
function sharedBuffersMiB(): number {
  // Of a container what it may have; a huge number, or none, where there is no limit.
  const bytes = Math.min(totalmem(), process.constrainedMemory() || Infinity);
  return Math.min(Math.max(Math.floor(bytes / 4 / 2 ** 20), 128), 16384);
}

/** Says why with the last lines of the server's log. */
export function failure(log: string, cause?: unknown): EmbeddedPostgresError {
  const why = log.trim().split('\n').slice(-5).join('\n');
  return new EmbeddedPostgresError(`The embedded PostgreSQL did not start: ${why}`, { cause });
}

/** That of the last start, as long as it is nobody else's for good: what a killed server leaves needs a moment to let go. */
async function portFor(dataDir: string): Promise<number> {
  const remembered = rememberedPort(dataDir);
  if (remembered === undefined) return freePort();
  const deadline = Date.now() + letsGoWithinMs;
  while (!(await isFreePort(remembered))) {
    if (Date.now() > deadline) return freePort();
    await pause(pollMs);
  }
  return remembered;
}
