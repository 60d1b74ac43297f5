import type { Machine } from '../measure/machine.ts';
import { number } from '../report/table.ts';
import type { Frames } from '../seats/measure-frames.ts';
import { figures, ranOn, type Section } from './sections.ts';

/** What a benchmark of one long task writes: how long it took each time, and in how many seconds it is to be done. */
export interface TaskResult {
  readonly at: string;
  readonly machine: Machine;
  readonly seconds: readonly number[];
  readonly goalSeconds: number;
}

export function taskSection(result: TaskResult): Section {
  const sorted = result.seconds.toSorted((a, b) => a - b);
  const median = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
  const reached = median <= result.goalSeconds ? 'reached' : '**not reached**';
  const text = [
    `${ranOn(result)}; each run: ${result.seconds.map((each) => `${number(each)} s`).join(', ')}.`,
    `To reach: ${result.goalSeconds} s. The median is **${number(median)} s**: ${reached}.`,
  ];
  return { text: text.join('\n\n'), plots: {} };
}

/** What `bench:seats` writes. */
export interface SeatsResult {
  readonly at: string;
  readonly seats: number;
  /** How long each thing was done. */
  readonly seconds: number;
  readonly loadBefore: number;
  readonly machine: { readonly cores: number; readonly processor: string };
  readonly goal: { readonly framesPerSecond: number };
  readonly results: Readonly<Record<string, Frames>>;
}

export function seatsSection(result: SeatsResult): Section {
  const { cores, processor } = result.machine;
  const where = `${result.at.slice(0, 10)}, ${cores} cores (${processor}), load ${number(result.loadBefore)} before it began`;
  const text = [
    `${where}; ${number(result.seats)} seats, ${result.seconds} s each.`,
    figures(
      Object.entries(result.results).map(([title, median]) => ({ title, median })),
      [
        ['frames/s', 'perSecond'],
        ['p50 ms', 'p50'],
        ['p95 ms', 'p95'],
        ['worst ms', 'worst'],
        ['blocked ms/s', 'blockedMsPerSecond'],
      ],
    ),
    `To reach: ${result.goal.framesPerSecond} frames a second.`,
  ];
  return { text: text.join('\n\n'), plots: {} };
}
