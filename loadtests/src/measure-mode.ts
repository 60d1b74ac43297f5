import { setTimeout as pause } from 'node:timers/promises';
import type { BenchDatabase } from './database/bench-database.ts';
import { auditLog, countTotals } from './database/check-log.ts';
import type { Load } from './generator/orders.ts';
import { type Faults, faultsOf } from './report/faults.ts';
import { type Figures, figuresOf } from './report/figures.ts';
import { type Round, Session, type Setup } from './session.ts';

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

/** Walls show within this time (ms) all that was answered. */
const settledWithinMs = 5_000;

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
    const wrongTotals = mode.watchers > 0 ? await countWrongTotals(database, session) : 0;
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

/** Walls whose totals are not those of the log, once they had time to hear of all. */
async function countWrongTotals({ sql }: BenchDatabase, session: Session): Promise<number> {
  const wanted = JSON.stringify(await countTotals(sql));
  const deadline = performance.now() + settledWithinMs;
  while (true) {
    const shown = await session.shownTotals();
    const wrong = shown.filter(
      ({ admitted, exited, refused }) => JSON.stringify({ admitted, exited, refused }) !== wanted,
    );
    const blank = shown.length === 0 ? 1 : 0;
    if (wrong.length + blank === 0 || performance.now() > deadline) return wrong.length + blank;
    await pause(100);
  }
}
