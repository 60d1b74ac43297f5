import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { isAlive } from './lock.ts';
import { dataDir } from './paths.ts';

const file = path.join(dataDir, 'start.pid');

/** Makes this process the one that runs this installation. @throws when another one does. */
export function takeInstance(): void {
  const other = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
  if (other && other !== process.pid && isAlive(other) && isStart(other)) {
    throw new Error(`Catraca already runs here (process ${other}). End it first: kill ${other}`);
  }
  mkdirSync(dataDir, { recursive: true });
  writeFileSync(file, String(process.pid));
}

/** After a reboot the number belongs to something else. Where there is no /proc, believe the file. */
function isStart(pid: number): boolean {
  const commandLine = `/proc/${pid}/cmdline`;
  return !existsSync(commandLine) || readFileSync(commandLine, 'utf8').includes('scripts/start.ts');
}
