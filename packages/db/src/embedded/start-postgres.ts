import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import postgres from 'postgres';
import { type Binaries, findBinaries } from './binaries.ts';
import {
  ensureDataFolder,
  findPostmaster,
  isRunning,
  passwordOf,
  type Postmaster,
} from './data-folder.ts';
import { failure, launchServer, type StartPostgresOptions } from './launch-server.ts';
import { assertMayRun } from './run.ts';

/** Recovery after a kill replays at most `max_wal_size`; on a slow disk that takes this long. */
const readyWithinMs = 60_000;

/** A fast shutdown breaks off transactions and writes a checkpoint; past this the server is told to quit at once. */
const stopWithinMs = 10_000;

const pollMs = 25;

export interface RunningPostgres {
  /** The server's own database, `postgres`. Holds the password: not for logs. */
  url: string;
  port: number;
  /** False when a live server of this data folder was found and used. */
  started: boolean;
  /** Ends the server, whoever started it: open transactions are rolled back. */
  stop(): Promise<void>;
}

/**
 * Starts the PostgreSQL that comes with this package, on 127.0.0.1 only, or finds the one that already runs on
 * `dataDir`. It goes on when this process ends without `stop`.
 * @throws EmbeddedPostgresError where it cannot run; the message says what to do.
 */
export async function startPostgres(options: StartPostgresOptions): Promise<RunningPostgres> {
  const dataDir = path.resolve(options.dataDir);
  const binaries = await findBinaries();
  await assertMayRun();
  await ensureDataFolder(dataDir, binaries);

  const deadline = Date.now() + readyWithinMs;
  const running = await findReady(dataDir, deadline);
  if (running && options.fsync !== false) await assertDurable(running.url);
  const server = running ?? (await launchReady(binaries, dataDir, options, deadline));
  return {
    url: server.url,
    port: server.port,
    started: running === undefined,
    stop: () => stopServer(server.pid),
  };
}

type ReadyServer = Postmaster & { url: string };

/** A live server that may still be recovering, or ending: one that ends is as good as none. */
async function findReady(dataDir: string, deadline: number): Promise<ReadyServer | undefined> {
  const postmaster = findPostmaster(dataDir);
  if (!postmaster) return undefined;
  const url = urlOf(dataDir, postmaster.port);
  return (await untilReady(url, postmaster, deadline)) ? { ...postmaster, url } : undefined;
}

async function launchReady(
  binaries: Binaries,
  dataDir: string,
  options: StartPostgresOptions,
  deadline: number,
): Promise<ReadyServer> {
  const postmaster = await launchServer(binaries, dataDir, options, deadline);
  const url = urlOf(dataDir, postmaster.port);
  if (await untilReady(url, postmaster, deadline)) return { ...postmaster, url };
  throw failure(readFileSync(path.join(dataDir, 'server.log'), 'utf8'));
}

function urlOf(dataDir: string, port: number): string {
  return `postgres://postgres:${passwordOf(dataDir)}@127.0.0.1:${port}/postgres`;
}

/** True when the server answers, false when it ended first. @throws when neither happens in time. */
async function untilReady(url: string, server: Postmaster, deadline: number): Promise<boolean> {
  while (true) {
    const refusal = await tryConnect(url);
    if (refusal === undefined) return true;
    if (!isRunning(server.pid)) return false;
    if (Date.now() > deadline) throw failure('it does not answer', refusal);
    await pause(pollMs);
  }
}

/** What kept us from a connection, if anything did. */
async function tryConnect(url: string): Promise<unknown> {
  const sql = postgres(url, { max: 1, connect_timeout: 5, onnotice: () => {} });
  try {
    await sql`select 1`;
    return undefined;
  } catch (error) {
    return error;
  } finally {
    await sql.end();
  }
}

/** @throws when the live server was started for tests and may lose what it has acknowledged. */
async function assertDurable(url: string): Promise<void> {
  const sql = postgres(url, { max: 1 });
  try {
    const [row] = await sql<{ fsync: string }[]>`show fsync`;
    assert.equal(row?.fsync, 'on', 'the server on this data folder runs without fsync: stop it');
  } finally {
    await sql.end();
  }
}

/** Ends the server on `dataDir` if one is alive. */
export async function stopPostgres(dataDir: string): Promise<void> {
  const server = findPostmaster(path.resolve(dataDir));
  if (server) await stopServer(server.pid);
}

/** Postgres answers SIGINT with a fast shutdown, SIGQUIT with an immediate one and a recovery at the next start. */
async function stopServer(pid: number): Promise<void> {
  for (const signal of ['SIGINT', 'SIGQUIT'] as const) {
    if (!isRunning(pid)) return;
    process.kill(pid, signal);
    const deadline = Date.now() + stopWithinMs;
    while (isRunning(pid) && Date.now() < deadline) await pause(pollMs);
  }
}
