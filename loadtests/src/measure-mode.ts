import type { BenchDatabase } from './database/bench-database.ts';
import { auditLog, countTotals } from './database/check-log.ts';
import type { Load } from './generator/orders.ts';
import { type Faults, faultsOf } from './report/faults.ts';
import { type Figures, figuresOf } from './report/figures.ts';
import { type Round, Session, type Setup } from './session.ts';
import { settledTotals } from './settled-totals.ts';

export interface Mode extends Setup {
  readonly title: string;
  readonly load: Load;
}

export interface Timing {
  readonly warmupMs: number;
  readonly windowMs: number;
}

/** One run of one mode. */
export interface Measurement {
  readonly figures: Figures;
  readonly faults: Faults;
  /** How often each verdict was given. */
  readonly verdicts: Record<string, number>;
}

/** Before the window opens, ms. */
const leadMs = 500;

/** Scans a second that are made ready for a warm-up, by design: more than either can do on a small machine. */
const readyPerSecond = { ours: 40_000, usual: 4_000 } as const;

/** More scans are made ready than the warm-up was quick, since what is warm is quicker. */
const readyFactor = 2;

/** The warm-up takes no more of few passes than this share. */
const warmupShareMax = 0.2;

/** Starts what is to be measured, warms it up, measures, and checks the whole log. */
export async function measureMode(
  database: BenchDatabase,
  mode: Mode,
  timing: Timing,
): Promise<Measurement> {
  const { warmupMs, windowMs } = timing;
  const perSecond = mode.load.kind === 'open' ? mode.load.perSecond : readyPerSecond[mode.design];
  const secondsMax = (warmupMs + windowMs + 2 * leadMs) / 1000;
  await database.ensureFresh(perSecond * secondsMax);
  const { size, cursor } = database.walk;
  const session = await Session.open(database, mode);
  try {
    const warmup = await session.round({
      ...{ load: mode.load, leadMs, windowMs: warmupMs },
      scansMax: Math.ceil(
        Math.min((perSecond * (warmupMs + leadMs)) / 1000, (size - cursor) * warmupShareMax),
      ),
    });
    const round = await session.round({
      ...{ load: mode.load, leadMs, windowMs },
      scansMax: readyScans(mode.load, warmup, windowMs + leadMs),
    });
    const wrongTotals =
      mode.watchers > 0
        ? await settledTotals(await countTotals(database.sql), () => session.shownTotals())
        : 0;
    return {
      figures: figuresOf([round]),
      faults: faultsOf([warmup, round], await auditLog(database.sql), wrongTotals),
      verdicts: round.answers.verdicts,
    };
  } finally {
    await session.close();
  }
}

function readyScans(load: Load, { outcome }: Round, ms: number): number {
  const perMs =
    load.kind === 'open' ? load.perSecond / 1000 : outcome.verdictsInWindow / outcome.windowMs;
  return Math.ceil(perMs * ms * readyFactor) + 1_000;
}
