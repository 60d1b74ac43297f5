import type { Figures } from './figures.ts';
import { number, table } from './table.ts';

const columns: readonly (readonly [title: string, figure: keyof Figures])[] = [
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

/** A line for each measurement, by its title. */
export function figuresTable(
  lines: readonly (readonly [title: string, figures: Figures])[],
): string {
  return table([
    ['median of all runs', ...columns.map(([title]) => title)],
    ...lines.map(([title, figures]) => [
      title,
      ...columns.map(([, figure]) => number(figures[figure])),
    ]),
  ]);
}
