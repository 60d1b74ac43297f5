import { number, table } from './table.ts';

/** A line of the goals, with what was measured. */
export interface Goal {
  readonly what: string;
  readonly goal: string;
  readonly figure: number;
  readonly reached: boolean;
}

/** Undefined when the figure was not measured in this run. */
export function atLeast(
  what: string,
  limit: number,
  unit: string,
  figure: number | undefined,
): Goal[] {
  if (figure === undefined) return [];
  return [{ what, goal: `>= ${number(limit)}${unit}`, figure, reached: figure >= limit }];
}

export function atMost(
  what: string,
  limit: number,
  unit: string,
  figure: number | undefined,
): Goal[] {
  if (figure === undefined) return [];
  return [{ what, goal: `<= ${number(limit)}${unit}`, figure, reached: figure <= limit }];
}

export function goalsTable(goals: readonly Goal[]): string {
  return table([
    ['goal', 'limit', 'measured', 'reached'],
    ...goals.map(({ what, goal, figure, reached }) => [
      what,
      goal,
      number(figure),
      reached ? 'yes' : 'NO',
    ]),
  ]);
}
