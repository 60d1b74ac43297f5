import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { migrate, openDb } from '@catraca/db';
import { createDatabase, startPostgres, stopPostgres } from '@catraca/db/embedded';
import { templateName, writeTestKeys } from '@catraca/db/testing';
import type { TestProject } from 'vitest/node';

const runs = path.resolve(import.meta.dirname, '../../.data/tests');

/**
 * Starts a PostgreSQL for this run alone, without fsync, and makes the migrated database that every test's own
 * is copied from.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  await removeAbandoned();
  const dataDir = path.join(runs, `${process.pid}-${project.name}`);
  const server = await startPostgres({ dataDir, fsync: false });
  const template = await createDatabase(server.url, templateName);
  await migrate(template);
  const db = openDb(template, { connections: 1 });
  await writeTestKeys(db);
  // Nobody may be connected to what is copied.
  await db.$client.end();
  project.provide('postgresUrl', server.url);
  return async () => {
    await server.stop();
    rmSync(dataDir, { recursive: true });
  };
}

/** Ends the servers of runs that were killed: a server outlives the process that started it. */
async function removeAbandoned(): Promise<void> {
  mkdirSync(runs, { recursive: true });
  for (const name of readdirSync(runs)) {
    if (isAlive(Number.parseInt(name, 10))) continue;
    const dataDir = path.join(runs, name);
    if (existsSync(dataDir)) await stopPostgres(dataDir);
    rmSync(dataDir, { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
