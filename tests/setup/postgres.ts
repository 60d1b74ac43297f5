import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { stopPostgres } from '@catraca/db/embedded';
import type { TestProject } from 'vitest/node';

const runs = path.resolve(import.meta.dirname, '../../.data/tests');

/** A folder of this run alone for its servers, of which each worker starts its own when a test first needs one. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  await removeAbandoned();
  const folder = path.join(runs, String(process.pid));
  mkdirSync(folder, { recursive: true });
  project.provide('postgresFolder', folder);
  return () => remove(folder);
}

/** Ends the servers of runs that were killed: a server outlives the process that started it. */
async function removeAbandoned(): Promise<void> {
  mkdirSync(runs, { recursive: true });
  for (const name of readdirSync(runs)) {
    if (!isAlive(Number.parseInt(name, 10))) await remove(path.join(runs, name));
  }
}

/** Every project of a run asks for it, after the last test of all of them. */
async function remove(folder: string): Promise<void> {
  if (!existsSync(folder)) return;
  await Promise.all(readdirSync(folder).map((name) => stopPostgres(path.join(folder, name))));
  rmSync(folder, { recursive: true, force: true });
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
