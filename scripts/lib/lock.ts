import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const pollMs = 100;

/** Does `work` while no other process does it under the same lock file. A lock whose owner died is taken over. */
export async function withLock<T>(file: string, work: () => Promise<T> | T): Promise<T> {
  mkdirSync(path.dirname(file), { recursive: true });
  while (!take(file)) await pause(pollMs);
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
}

function take(file: string): boolean {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    const owner = Number(readFileSync(file, 'utf8'));
    // An empty file is one whose owner is about to write its number.
    if (owner && !isAlive(owner)) rmSync(file, { force: true });
    return false;
  }
}

export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
