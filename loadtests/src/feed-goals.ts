import type { FeedMode } from './feed-modes.ts';
import type { FeedFigures } from './report/feed-figures.ts';
import { median } from './report/figures.ts';
import { atMost, type Goal } from './report/goal.ts';

/** Of each mode its runs, in order; run i of all modes was measured at about the same time. */
export type FeedRuns = Readonly<Record<FeedMode, readonly FeedFigures[]>>;

/** What a thousand walls may take, at ten frames a second each. */
const coresMax = 0.15;
const usPerDeliveryMax = 15;

export function feedGoals({ busy }: FeedRuns): Goal[] {
  const of = (figure: keyof FeedFigures) => median(busy.map((run) => run[figure]));
  return [
    ...atMost('cores of the process of the walls', coresMax, '', of('feedCores')),
    ...atMost('its CPU a delivery', usPerDeliveryMax, ' µs', of('feedUsPerDelivery')),
  ];
}

/**
 * Scans that a core-second shows to all walls, ours in a crowd over the usual design in a calm. The usual one tells each wall of each scan,
 * and has no core for a crowd; ours tells each wall what has changed.
 */
export function newsRatio({ busy, usual }: FeedRuns): number {
  const shown = ({ scansPerSecond, feedCores }: FeedFigures) => scansPerSecond / feedCores;
  return perRun(busy, usual, (ours, other) => shown(ours) / shown(other));
}

/** Deliveries a core-second, ours over the usual design, at the same load in the same run; the median of all runs. */
export function feedRatio({ calm, usual }: FeedRuns): number {
  return perRun(calm, usual, (ours, other) => {
    return ours.deliveriesPerCoreSecond / other.deliveriesPerCoreSecond;
  });
}

function perRun(
  runs: readonly FeedFigures[],
  others: readonly FeedFigures[],
  compare: (a: FeedFigures, b: FeedFigures) => number,
): number {
  return median(
    runs.flatMap((run, index) => {
      const other = others[index];
      return other ? [compare(run, other)] : [];
    }),
  );
}
