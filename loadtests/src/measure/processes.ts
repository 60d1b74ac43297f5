import { readdirSync, readFileSync } from 'node:fs';

/** Hundredths of a second, in which Linux counts the time of processes. */
const ticksPerSecond = 100;

interface Stat {
  readonly parent: number;
  /** Seconds of CPU. */
  readonly own: number;
  /** Of children that have ended. */
  readonly ended: number;
}

/** Undefined when the process is gone. See proc_pid_stat(5). */
function readStat(pid: number): Stat | undefined {
  let text: string;
  try {
    text = readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return undefined;
  }
  // The second field is the program's name in brackets, which may hold anything.
  const fields = text
    .slice(text.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number);
  const [parent = 0, user = 0, system = 0, endedUser = 0, endedSystem = 0] = [
    1, 11, 12, 13, 14,
  ].map((index) => fields[index]);
  return {
    parent,
    own: (user + system) / ticksPerSecond,
    ended: (endedUser + endedSystem) / ticksPerSecond,
  };
}

/** A process and its children: a server of PostgreSQL with all its backends. */
export function familyOf(pid: number): number[] {
  const pids = readdirSync('/proc').map(Number).filter(Number.isInteger);
  return [pid, ...pids.filter((other) => readStat(other)?.parent === pid)];
}

/** Seconds of CPU that a process and its children took since they began, those that ended included. */
export function cpuSeconds(pid: number): number {
  const ended = readStat(pid)?.ended ?? 0;
  return familyOf(pid).reduce((sum, member) => sum + (readStat(member)?.own ?? 0), ended);
}

/** Memory (MiB) of a process and its children; what they share counts once. */
export function memoryMiB(pid: number): number {
  const kilobytes = familyOf(pid).reduce((sum, member) => sum + proportionalKb(member), 0);
  return kilobytes / 1024;
}

/** Resident memory, each shared page divided by the number of processes that have it. */
function proportionalKb(pid: number): number {
  try {
    return Number(
      /^Pss: +([0-9]+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0,
    );
  } catch {
    return 0;
  }
}
