import type { Machine } from '../measure/machine.ts';
import type { Goal } from '../report/goal.ts';
import { figures, goals, ranOn, type Section } from './sections.ts';

/** Of so many passes that were taken away, or got a new code. Ms. */
export interface RevokeFigures {
  /** From the API's answer to the first refusal. */
  readonly median: number;
  readonly p99: number;
  readonly worst: number;
  /** What the API itself took: the median. */
  readonly apiMedian: number;
  /** Green lights after the API had answered. */
  readonly admittedAfter: number;
}

/** What `bench:revoke` writes. */
export interface RevokeResult {
  readonly at: string;
  readonly machine: Machine;
  /** Passes of each. */
  readonly times: number;
  readonly results: readonly { title: string; figures: RevokeFigures }[];
  readonly goals: readonly Goal[];
}

export function revokeSection(result: RevokeResult): Section {
  const text = [
    `${ranOn(result)}; ${result.times} passes each.`,
    figures(
      result.results.map(({ title, figures: median }) => ({ title, median })),
      [
        ['refused after, p50 ms', 'median'],
        ['p99 ms', 'p99'],
        ['worst ms', 'worst'],
        ['the API took, p50 ms', 'apiMedian'],
        ['green lights after its answer', 'admittedAfter'],
      ],
    ),
    goals(result.goals),
  ];
  return { text: text.join('\n\n'), plots: {} };
}
