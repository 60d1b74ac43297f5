import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Binaries } from './binaries.ts';
import { runToEnd } from './run.ts';

/** What postmaster.pid tells of the server that runs on a data folder, or did when it was killed. */
export interface Postmaster {
  pid: number;
  port: number;
}

export function passwordOf(dataDir: string): string {
  return readFileSync(path.join(dataDir, 'password'), 'utf8');
}

/**
 * Makes the data folder unless there is one. It is made beside its place and renamed, so that neither a crash
 * half-way nor two processes at once leave a broken one.
 */
export async function ensureDataFolder(dataDir: string, binaries: Binaries): Promise<void> {
  if (existsSync(path.join(dataDir, 'PG_VERSION'))) return;
  mkdirSync(path.dirname(dataDir), { recursive: true });
  const fresh = `${dataDir}.new-${process.pid}`;
  const passwordFile = `${fresh}.password`;
  try {
    writeFileSync(passwordFile, randomBytes(24).toString('base64url'), { mode: 0o600 });
    // The built-in C.UTF-8 sorts and folds case the same on every platform.
    await runToEnd([
      binaries.initdb,
      `--pgdata=${fresh}`,
      '--username=postgres',
      '--auth=scram-sha-256',
      `--pwfile=${passwordFile}`,
      '--encoding=UTF8',
      '--locale=C',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--no-instructions',
    ]);
    renameSync(passwordFile, path.join(fresh, 'password'));
    moveIntoPlace(fresh, dataDir);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
    rmSync(passwordFile, { force: true });
  }
}

function moveIntoPlace(fresh: string, dataDir: string): void {
  try {
    renameSync(fresh, dataDir);
  } catch (error) {
    if (!existsSync(path.join(dataDir, 'PG_VERSION'))) throw error;
    // Another process was first: its folder is as good as ours.
  }
}

/** The port of the last start, so that addresses people noted down stay right. */
export function rememberedPort(dataDir: string): number | undefined {
  const file = path.join(dataDir, 'port');
  return existsSync(file) ? Number(readFileSync(file, 'utf8')) : undefined;
}

export function rememberPort(dataDir: string, port: number): void {
  writeFileSync(path.join(dataDir, 'port'), String(port));
}

/** The live server on `dataDir`. What a dead one left is removed. */
export function findPostmaster(dataDir: string): Postmaster | undefined {
  const file = path.join(dataDir, 'postmaster.pid');
  if (!existsSync(file)) return undefined;
  const [pid, , , port] = readFileSync(file, 'utf8').split('\n').map(Number);
  if (!pid || !port) return undefined;
  if (isRunning(pid)) return { pid, port };
  // PostgreSQL itself would take any program of that number for a server, and refuse to start.
  rmSync(file, { force: true });
  return undefined;
}

/** Whether `pid` is PostgreSQL: not gone, nor a corpse nobody buried, nor another program that got its number. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  const commandLine = `/proc/${pid}/cmdline`;
  return !existsSync(commandLine) || readFileSync(commandLine, 'utf8').includes('postgres');
}
