import { readFileSync } from 'node:fs';
import { familyOf } from '../measure/processes.ts';
import type { Process } from './load-site.ts';

const everyMs = 2_000;

/** What is compared with what: medians of the samples in these shares of the time. The first fifth is warm-up. */
const afterWarmUp = [0.2, 0.35] as const;
const atTheEnd = [0.85, 1] as const;

/** How the memory of a process went, in MiB. */
export interface MemoryCourse {
  readonly name: string;
  readonly afterWarmUp: number;
  readonly atTheEnd: number;
}

/** Reads the memory of processes while a run goes on. */
export class ProcessWatch {
  readonly #samples: Map<string, number>[] = [];
  readonly #processes: readonly Process[];
  readonly #timer: NodeJS.Timeout;

  constructor(processes: readonly Process[]) {
    this.#processes = processes;
    this.#timer = setInterval(() => this.#sample(), everyMs);
  }

  #sample(): void {
    this.#samples.push(new Map(this.#processes.map(({ name, pid }) => [name, ownMiB(pid)])));
  }

  stop(): MemoryCourse[] {
    clearInterval(this.#timer);
    return this.#processes.map(({ name }) => ({
      name,
      afterWarmUp: this.#median(name, afterWarmUp),
      atTheEnd: this.#median(name, atTheEnd),
    }));
  }

  #median(name: string, [from, to]: readonly [number, number]): number {
    const { length } = this.#samples;
    const part = this.#samples.slice(Math.floor(from * length), Math.ceil(to * length));
    const sorted = part.map((sample) => sample.get(name) ?? Number.NaN).sort((a, b) => a - b);
    return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
  }
}

/**
 * Resident memory (MiB) of a process and its children. Pages of files count for each that has them; shared memory does not: a
 * database's page cache fills to its fixed size, which is no leak.
 */
function ownMiB(pid: number): number {
  const kilobytes = familyOf(pid).reduce((sum, member) => sum + ownKb(member), 0);
  return kilobytes / 1024;
}

function ownKb(pid: number): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const field = (name: string) =>
      Number(new RegExp(`^${name}:\\s+([0-9]+)`, 'm').exec(status)?.[1] ?? 0);
    return field('RssAnon') + field('RssFile');
  } catch {
    return 0;
  }
}
