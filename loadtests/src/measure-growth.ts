import type { BenchDatabase } from './database/bench-database.ts';
import { auditLog } from './database/check-log.ts';
import type { Load } from './generator/orders.ts';
import { type Faults, faultsOf } from './report/faults.ts';
import { type Figures, figuresOf } from './report/figures.ts';
import { type Round, type RoundOrder, Session } from './session.ts';

/** How much of the passes has come in before: next to none of them, or every second. */
export const usedShares = { new: 0.01, half: 0.5 } as const;
export type UsedShare = keyof typeof usedShares;

/** What is measured of each size. */
export const growthLoads = {
  closed: { kind: 'closed' },
  open: { kind: 'open', perSecond: 5_000 },
} as const satisfies Record<string, Load>;
export type GrowthLoad = keyof typeof growthLoads;

export interface GrowthTiming {
  readonly runs: number;
  readonly warmupMs: number;
  readonly windowMs: number;
}

export interface GrowthMeasurement {
  readonly passes: number;
  readonly used: UsedShare;
  readonly runs: Readonly<Record<GrowthLoad, readonly Figures[]>>;
  readonly faults: Faults;
}

/** Scans that are made ready for a second: more than a small machine judges. */
const readyPerSecond = 40_000;

/** A round is at most this long, so that what is made ready for it stays small; ms. */
const roundMs = 5_000;

/** Ms before the window of a round opens. */
const leadMs = 300;

/** Measures one size in one state: closed and open loop in turn, as often as wanted. */
export async function measureGrowth(
  database: BenchDatabase,
  used: UsedShare,
  { runs, warmupMs, windowMs }: GrowthTiming,
): Promise<GrowthMeasurement> {
  await database.reset(usedShares[used]);
  const session = await Session.open(database, { design: 'ours', processes: 1, watchers: 0 });
  try {
    const all = await measureFor(database, session, growthLoads.closed, warmupMs);
    const figures: Record<GrowthLoad, Figures[]> = { closed: [], open: [] };
    for (let run = 1; run <= runs; run++) {
      for (const load of Object.keys(growthLoads) as GrowthLoad[]) {
        const rounds = await measureFor(database, session, growthLoads[load], windowMs);
        figures[load].push(figuresOf(rounds));
        all.push(...rounds);
      }
    }
    const faults = faultsOf(all, await auditLog(database.sql), 0);
    return { passes: database.passes, used, runs: figures, faults };
  } finally {
    await session.close();
  }
}

/**
 * Ten thousand passes are used up in half a second: then the log begins anew, and another round is measured, until
 * there was enough.
 */
async function measureFor(
  database: BenchDatabase,
  session: Session,
  load: Load,
  ms: number,
): Promise<Round[]> {
  const rounds: Round[] = [];
  let left = ms;
  while (left > 0) {
    const order = roundOrder(load, Math.min(left, roundMs));
    await database.ensureFresh(order.scansMax);
    const round = await session.round(order);
    rounds.push(round);
    left -= Math.max(1, round.outcome.windowMs);
  }
  return rounds;
}

function roundOrder(load: Load, windowMs: number): RoundOrder {
  const perSecond = load.kind === 'open' ? load.perSecond : readyPerSecond;
  const scansMax = Math.ceil((perSecond * (windowMs + leadMs) * 1.05) / 1000);
  return { load, leadMs, windowMs, scansMax };
}
