import { median } from '../report/figures.ts';
import { atLeast, atMost, type Goal } from '../report/goal.ts';
import type { SaleFigures } from './figures.ts';
import type { Journey } from './orders.ts';

export interface SaleMode {
  readonly title: string;
  readonly design: 'ours' | 'usual';
  readonly journey: Journey;
  /** Web processes, when the command does not say. */
  readonly web: number;
}

export const saleModes = {
  hot: { title: 'ours, one hot type', design: 'ours', journey: 'buy', web: 1 },
  usual: { title: 'the usual design, one hot type', design: 'usual', journey: 'buy', web: 1 },
  whole: { title: 'ours, and the tickets page', design: 'ours', journey: 'buy_and_look', web: 1 },
  two: { title: 'ours, two web processes', design: 'ours', journey: 'buy', web: 2 },
  seats: { title: 'ours, 5,000 seats', design: 'ours', journey: 'seats', web: 1 },
  'usual-seats': {
    ...{ title: 'the usual design, 5,000 seats', design: 'usual', journey: 'seats', web: 1 },
  },
  page: { title: 'ours, the event page', design: 'ours', journey: 'look', web: 1 },
  'usual-page': {
    ...{ title: 'the usual design, the event page', design: 'usual', journey: 'look', web: 1 },
  },
} as const satisfies Record<string, SaleMode>;

export type SaleModeName = keyof typeof saleModes;

export function isSaleMode(name: string): name is SaleModeName {
  return name in saleModes;
}

export type SaleRuns = Partial<Record<SaleModeName, readonly SaleFigures[]>>;

/** The figures to reach, on 2 cores with the generator on them too. */
export function saleGoals(runs: SaleRuns): Goal[] {
  const of = (mode: SaleModeName, figure: 'journeysPerSecond' | 'p99') =>
    runs[mode] && median(runs[mode].map((run) => run[figure]));
  return [
    ...atLeast('orders a second, one hot type', 300, '', best(of, ['hot', 'two'])),
    ...atLeast('event pages a second', 2_000, '', of('page', 'journeysPerSecond')),
    ...atMost('event page, p99', 50, ' ms', of('page', 'p99')),
  ];
}

/** As many web processes as serve best: more are what an operator adds. */
function best(
  of: (mode: SaleModeName, figure: 'journeysPerSecond') => number | undefined,
  modes: readonly SaleModeName[],
): number | undefined {
  const figures = modes.flatMap((mode) => of(mode, 'journeysPerSecond') ?? []);
  return figures.length > 0 ? Math.max(...figures) : undefined;
}

/** Ours over the usual design in the same run, the median of all runs. */
export function saleRatios(runs: SaleRuns): Record<string, number> {
  const pairs = [
    ['hot', 'usual'],
    ['seats', 'usual-seats'],
    ['page', 'usual-page'],
  ] as const;
  return Object.fromEntries(
    pairs.flatMap(([our, their]) => {
      const ratios = (runs[our] ?? []).flatMap((run, index) => {
        const other = runs[their]?.[index];
        return other ? [run.journeysPerSecond / other.journeysPerSecond] : [];
      });
      return ratios.length > 0 ? [[our, median(ratios)] as const] : [];
    }),
  );
}
