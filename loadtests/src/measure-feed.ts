import type { BenchDatabase } from './database/bench-database.ts';
import { auditLog } from './database/check-log.ts';
import { calmPerSecond, type FeedMode, feedModes } from './feed-modes.ts';
import { FeedSession } from './feed-session.ts';
import type { Timing } from './measure-mode.ts';
import { type FeedFigures, feedFiguresOf } from './report/feed-figures.ts';
import { type Faults, faultsOf } from './report/faults.ts';

export interface FeedLoad {
  readonly watchers: number;
  /** Of the walls, those that never read. */
  readonly stalledShare: number;
  /** Scans a second of a crowd. */
  readonly perSecond: number;
}

/** One run of one mode. */
export interface FeedMeasurement {
  readonly figures: FeedFigures;
  readonly faults: Faults;
}

/** Before the window opens, ms. */
const leadMs = 500;

/** Starts what is to be measured, warms it up, measures, raises a storm, and checks the whole log and what walls show. */
export async function measureFeed(
  database: BenchDatabase,
  name: FeedMode,
  { watchers, stalledShare, perSecond }: FeedLoad,
  { warmupMs, windowMs }: Timing,
): Promise<FeedMeasurement> {
  const { design, isBusy } = feedModes[name];
  const load = { kind: 'open', perSecond: isBusy ? perSecond : calmPerSecond } as const;
  const scansOf = (ms: number) => Math.ceil((load.perSecond * (ms + 2 * leadMs)) / 1000) + 10;
  await database.ensureFresh(scansOf(warmupMs) + scansOf(windowMs));
  const stalled = Math.floor(watchers * stalledShare);
  const session = await FeedSession.open(database, { design, watchers, stalled });
  try {
    const warmup = await session.round({
      ...{ load, leadMs, windowMs: warmupMs, scansMax: scansOf(warmupMs) },
    });
    const round = await session.round({
      ...{ load, leadMs, windowMs, scansMax: scansOf(windowMs) },
    });
    const wrongBefore = await session.countWrongTotals();
    const storm = await session.storm();
    const wrongAfter = await session.countWrongTotals();
    return {
      figures: feedFiguresOf(round, storm),
      faults: faultsOf([warmup, round], await auditLog(database.sql), wrongBefore + wrongAfter),
    };
  } finally {
    await session.close();
  }
}
