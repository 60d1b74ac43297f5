import type { FeedRound, Storm } from '../feed-session.ts';
import { Histogram } from '../measure/histogram.ts';
import type { Columns } from './figures-table.ts';

/** What is told of a measurement of the feed. Times in ms unless the name says µs, memory in MiB; the feed is the process of the walls. */
export interface FeedFigures {
  readonly scansPerSecond: number;
  /** Frames that all walls got. */
  readonly deliveriesPerSecond: number;
  readonly frameBytes: number;
  /** Of the scans that walls were shown, from their being judged to their being read. */
  readonly p50: number;
  readonly p90: number;
  readonly p99: number;
  readonly max: number;
  /** Of all frames, from their making to their being read. */
  readonly frameAgeP99: number;
  readonly feedCores: number;
  readonly feedUsPerDelivery: number;
  readonly deliveriesPerCoreSecond: number;
  readonly gateCores: number;
  readonly databaseCores: number;
  readonly generatorCores: number;
  readonly watchersCores: number;
  readonly feedMiB: number;
  /** Of a storm: until half of the walls were current, until all were, and memory before and after. */
  readonly stormP50: number;
  readonly stormMax: number;
  readonly stormMiBBefore: number;
  readonly stormMiBAfter: number;
}

export function feedFiguresOf(
  { outcome, usage, watched, memoryMiB }: FeedRound,
  storm: Storm,
): FeedFigures {
  const seconds = outcome.windowMs / 1000;
  const [feed = Number.NaN, gate = Number.NaN] = usage.cpu.service;
  const delivery = new Histogram(watched.delivery);
  return {
    scansPerSecond: outcome.verdictsInWindow / seconds,
    deliveriesPerSecond: watched.frames / seconds,
    frameBytes: watched.bytes / watched.frames,
    p50: delivery.percentile(50),
    p90: delivery.percentile(90),
    p99: delivery.percentile(99),
    max: delivery.max,
    frameAgeP99: new Histogram(watched.age).percentile(99),
    feedCores: feed / seconds,
    feedUsPerDelivery: (feed / watched.frames) * 1e6,
    deliveriesPerCoreSecond: watched.frames / feed,
    gateCores: gate / seconds,
    databaseCores: usage.cpu.database / seconds,
    generatorCores: usage.cpu.generator / seconds,
    watchersCores: usage.cpu.watchers / seconds,
    feedMiB: memoryMiB.service,
    stormP50: storm.current.percentile(50),
    stormMax: storm.current.max,
    stormMiBBefore: storm.memoryMiB.before,
    stormMiBAfter: storm.memoryMiB.after,
  };
}

/** Of the table that is printed. */
export const feedColumns: Columns<FeedFigures> = [
  ['scans/s', 'scansPerSecond'],
  ['deliveries/s', 'deliveriesPerSecond'],
  ['bytes', 'frameBytes'],
  ['p50 ms', 'p50'],
  ['p99', 'p99'],
  ['max', 'max'],
  ['feed µs/delivery', 'feedUsPerDelivery'],
  ['feed cores', 'feedCores'],
  ['gate', 'gateCores'],
  ['database', 'databaseCores'],
  ['generator', 'generatorCores'],
  ['walls', 'watchersCores'],
  ['feed MiB', 'feedMiB'],
  ['storm p50 ms', 'stormP50'],
  ['all current', 'stormMax'],
  ['MiB after', 'stormMiBAfter'],
];
