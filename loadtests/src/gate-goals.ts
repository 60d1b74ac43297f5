import type { GateMode } from './gate-modes.ts';
import { atLeast, atMost, type Goal } from './report/goal.ts';
import { type Figures, median } from './report/figures.ts';

/** Of each mode that was measured its runs, in order; run i of all modes was measured at about the same time. */
export type RunsByMode = Partial<Record<GateMode, readonly Figures[]>>;

/** Two processes are not slower than one: within what two runs of the same thing differ by. */
const notSlower = 0.95;

/** The figures to reach, on 2 cores with the generator on them too. */
export function gateGoals(runs: RunsByMode): Goal[] {
  const of = (mode: GateMode, figure: keyof Figures) =>
    runs[mode] && median(runs[mode].map((run) => run[figure]));
  return [
    ...atLeast('verdicts a second, 500 scanners', 20_000, '', of('closed', 'verdictsPerSecond')),
    ...atLeast('ours over the usual design', 30, ' x', ratioOf(runs)),
    ...atMost('5,000/s, p50', 3, ' ms', of('open-5k', 'p50')),
    ...atMost('5,000/s, p99', 12, ' ms', of('open-5k', 'p99')),
    ...atMost('10,000/s, p99', 25, ' ms', of('open-10k', 'p99')),
    ...atMost('5,000/s with walls, p99', 20, ' ms', of('walls', 'p99')),
    ...atMost('cores that walls cost the service', 0.15, '', costOfWalls(runs)),
    ...atLeast('two processes over one', notSlower, ' x', perRun(runs, 'two', 'closed', divide)),
    ...atMost('the busier of two processes', 0.6, ' of the work', of('two', 'busiestShare')),
  ];
}

/** Verdicts a second, ours over the usual design, in the same run; the median of all runs. */
export function ratioOf(runs: RunsByMode): number | undefined {
  return perRun(runs, 'closed', 'usual', divide);
}

function costOfWalls(runs: RunsByMode): number | undefined {
  return perRun(runs, 'walls', 'open-5k', (a, b) => a.serviceCores - b.serviceCores);
}

function divide(a: Figures, b: Figures): number {
  return a.verdictsPerSecond / b.verdictsPerSecond;
}

function perRun(
  runs: RunsByMode,
  mode: GateMode,
  against: GateMode,
  compare: (a: Figures, b: Figures) => number,
): number | undefined {
  const others = runs[against];
  const compared = runs[mode]?.flatMap((run, index) => {
    const other = others?.[index];
    return other ? [compare(run, other)] : [];
  });
  return compared?.length ? median(compared) : undefined;
}
