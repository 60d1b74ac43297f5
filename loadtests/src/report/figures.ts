import { Histogram } from '../measure/histogram.ts';
import type { Round } from '../session.ts';
import type { Columns } from './figures-table.ts';

/** What is told of a measurement. Times in ms unless the name says µs, memory in MiB. */
export interface Figures {
  readonly verdictsPerSecond: number;
  readonly p50: number;
  readonly p90: number;
  readonly p99: number;
  readonly p999: number;
  readonly max: number;
  /** What the generator itself may have added to the latencies. */
  readonly sendLagP99: number;
  readonly serviceCores: number;
  readonly databaseCores: number;
  readonly generatorCores: number;
  readonly watchersCores: number;
  readonly serviceUsPerScan: number;
  readonly databaseUsPerScan: number;
  /** Of the work of several service processes, the share of the one that did most. */
  readonly busiestShare: number;
  readonly logBytesPerScan: number;
  readonly scansPerCommit: number;
  readonly serviceMiB: number;
  readonly databaseMiB: number;
  readonly busy: number;
  /** Frames all walls got a second, their mean size in bytes, and how old they were when they were read. */
  readonly framesPerSecond: number;
  readonly frameBytes: number;
  readonly frameAgeP99: number;
}

/** Of the table that is printed. */
export const gateColumns: Columns<Figures> = [
  ['verdicts/s', 'verdictsPerSecond'],
  ['p50 ms', 'p50'],
  ['p90', 'p90'],
  ['p99', 'p99'],
  ['p99.9', 'p999'],
  ['max', 'max'],
  ['service cores', 'serviceCores'],
  ['database', 'databaseCores'],
  ['generator', 'generatorCores'],
  ['walls', 'watchersCores'],
  ['service µs/scan', 'serviceUsPerScan'],
  ['database µs/scan', 'databaseUsPerScan'],
  ['WAL B/scan', 'logBytesPerScan'],
  ['scans/commit', 'scansPerCommit'],
  ['service MiB', 'serviceMiB'],
];

/** The figures of one run, which was measured in one round or several. */
export function figuresOf(rounds: readonly Round[]): Figures {
  const total = (value: (round: Round) => number) =>
    rounds.reduce((sum, round) => sum + value(round), 0);
  const seconds = total(({ outcome }) => outcome.windowMs) / 1000;
  const verdicts = total(({ outcome }) => outcome.verdictsInWindow);
  const latency = addUp(rounds.map(({ outcome }) => outcome.latency));
  const service = total(({ usage }) => sum(usage.cpu.service));
  const database = total(({ usage }) => usage.cpu.database);
  const last = rounds.at(-1);
  return {
    verdictsPerSecond: verdicts / seconds,
    p50: latency.percentile(50),
    p90: latency.percentile(90),
    p99: latency.percentile(99),
    p999: latency.percentile(99.9),
    max: latency.max,
    sendLagP99: addUp(rounds.map(({ outcome }) => outcome.sendLag)).percentile(99),
    serviceCores: service / seconds,
    databaseCores: database / seconds,
    generatorCores: total(({ usage }) => usage.cpu.generator) / seconds,
    watchersCores: total(({ usage }) => usage.cpu.watchers) / seconds,
    serviceUsPerScan: (service / verdicts) * 1e6,
    databaseUsPerScan: (database / verdicts) * 1e6,
    busiestShare: total(({ usage }) => Math.max(...usage.cpu.service)) / service,
    logBytesPerScan: total(({ usage }) => usage.logBytes) / verdicts,
    scansPerCommit:
      total(({ log }) => log.rows) / total(({ log }) => log.rows / log.scansPerCommit),
    serviceMiB: last?.memoryMiB.service ?? Number.NaN,
    databaseMiB: last?.memoryMiB.database ?? Number.NaN,
    busy: total(({ outcome }) => outcome.busy),
    ...feedFigures(rounds, seconds),
  };
}

function feedFigures(rounds: readonly Round[], seconds: number) {
  const watched = rounds.flatMap((round) => round.watched ?? []);
  const frames = sum(watched.map((one) => one.frames));
  return {
    framesPerSecond: frames / seconds,
    frameBytes: sum(watched.map((one) => one.bytes)) / frames,
    frameAgeP99: addUp(watched.map(({ age }) => age)).percentile(99),
  };
}

function addUp(list: readonly ConstructorParameters<typeof Histogram>[0][]): Histogram {
  const all = new Histogram();
  for (const data of list) all.add(new Histogram(data));
  return all;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** The median of each figure for itself. */
export function medianFigures<Of extends { readonly [Name in keyof Of]: number }>(
  runs: readonly Of[],
): Of {
  const [first] = runs;
  if (first === undefined) throw new Error('a median of nothing');
  const names = Object.keys(first) as (keyof Of)[];
  return Object.fromEntries(
    names.map((name) => [name, median(runs.map((run) => run[name]))]),
  ) as unknown as Of;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const [low = Number.NaN, high = Number.NaN] = [sorted[middle - 1], sorted[middle]];
  return sorted.length % 2 === 1 ? high : (low + high) / 2;
}
