import type { Measured } from '../lists/measure.ts';
import type { Machine } from '../measure/machine.ts';
import { number } from '../report/table.ts';
import { markdownTable, ranOn, type Section } from './sections.ts';

export interface ListsResult {
  readonly at: string;
  readonly machine: Machine;
  readonly options: { readonly passes: number; readonly runs: number };
  readonly goalMs: number;
  readonly measured: readonly Measured[];
}

/** What an organizer waits for: a line for each question. */
export function listsSection({ at, machine, options, goalMs, measured }: ListsResult): Section {
  const rows = measured.map(({ title, median, slowest, usualMedian, ratio }) => [
    title,
    number(median),
    number(slowest),
    usualMedian === null ? '' : number(usualMedian),
    ratio === null ? '' : `${number(ratio)} ×`,
  ]);
  const slowest = Math.max(...measured.map(({ median }) => median));
  const text = [
    `${ranOn({ at, machine })}; medians of ${options.runs} times.`,
    markdownTable([['', 'ms', 'slowest', 'usual design', 'ratio'], ...rows]),
    `To reach: each under ${goalMs} ms. The slowest median is ${number(slowest)} ms: ${slowest < goalMs ? 'reached' : '**missed**'}.`,
  ];
  return { text: text.join('\n\n'), plots: {} };
}
