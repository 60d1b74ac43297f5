import type { FeedFigures } from '../report/feed-figures.ts';
import type { Figures } from '../report/figures.ts';
import type { Goal } from '../report/goal.ts';
import type { Machine } from '../measure/machine.ts';
import { number } from '../report/table.ts';
import type { SaleFigures } from '../sale/figures.ts';
import { bars, lines, type Point } from './plot.ts';

/** What every benchmark writes, as far as it is shown. */
interface Result {
  readonly at: string;
  readonly machine: Machine;
  readonly goals: readonly Goal[];
  readonly options: { readonly runs: number; readonly seconds: number };
}

interface Modes<Of> extends Result {
  readonly modes: readonly { mode: string; title: string; median: Of }[];
}

export type GateResult = Modes<Figures> & { readonly ratio: number };
export type FeedResult = Modes<FeedFigures> & {
  readonly ratio: number;
  readonly newsRatio: number;
};
export type SaleResult = Modes<SaleFigures> & {
  readonly ratio: Readonly<Record<'hot' | 'seats' | 'page', number>>;
};

export interface GrowthResult extends Result {
  readonly sizes: readonly {
    passes: number;
    used: 'unused' | 'half';
    median: Record<'closed' | 'open', Figures>;
  }[];
}

/** A part of the document that is made from a result, and the pictures it shows, by their file names. */
export interface Section {
  readonly text: string;
  readonly plots: Readonly<Record<string, string>>;
}

export async function gateSection(result: GateResult): Promise<Section> {
  const speed = result.modes.filter(({ mode }) => ['closed', 'two', 'usual'].includes(mode));
  const paced = result.modes.filter(({ mode }) => ['open-5k', 'open-10k', 'walls'].includes(mode));
  const percentiles = ['p50', 'p90', 'p99', 'p999'] as const;
  const points = paced.flatMap(({ title, median }) =>
    percentiles.map((name): Point => ({ line: title, x: name, y: median[name] })),
  );
  const text = [
    ranSo(result),
    figures(result.modes, [
      ['verdicts/s', 'verdictsPerSecond'],
      ['p50 ms', 'p50'],
      ['p99 ms', 'p99'],
      ['p99.9 ms', 'p999'],
      ['service µs/scan', 'serviceUsPerScan'],
      ['PostgreSQL µs/scan', 'databaseUsPerScan'],
      ['cores: service', 'serviceCores'],
      ['PostgreSQL', 'databaseCores'],
      ['generator', 'generatorCores'],
    ]),
    `Ours over the usual design, in the same run: **${number(result.ratio)} ×**.`,
    picture('gate-speed', 'Verdicts a second'),
    picture('gate-latency', 'Latency at a given pace'),
    goals(result.goals),
  ];
  return {
    text: text.join('\n\n'),
    plots: {
      'gate-speed': await bars(
        'Durable verdicts a second, 500 scanners',
        'verdicts/s',
        speed.map(({ title, median }) => ({ name: title, value: median.verdictsPerSecond })),
      ),
      'gate-latency': await lines(
        'From the moment a scan is due to its verdict',
        {
          x: { title: 'percentile', scale: 'names' },
          y: { title: 'ms', scale: 'log' },
        },
        points,
      ),
    },
  };
}

export async function growthSection(result: GrowthResult): Promise<Section> {
  const rows = result.sizes.map(({ passes, used, median }) => ({
    title: `${passes.toLocaleString('en')} passes, ${used === 'half' ? 'half used' : 'unused'}`,
    median: median.closed,
  }));
  const points = result.sizes.map(({ passes, used, median }) => ({
    line: used === 'half' ? 'half of them used' : 'unused',
    x: passes,
    y: median.closed.databaseUsPerScan,
  }));
  const text = [
    ranSo(result),
    figures(rows, [
      ['verdicts/s', 'verdictsPerSecond'],
      ['PostgreSQL µs/scan', 'databaseUsPerScan'],
      ['service µs/scan', 'serviceUsPerScan'],
      ['WAL B/scan', 'logBytesPerScan'],
    ]),
    picture('growth', 'What a scan costs PostgreSQL'),
    goals(result.goals),
  ];
  const axes = {
    x: { title: 'passes', scale: 'log' },
    y: { title: 'µs a scan', scale: 'linear' },
  } as const;
  return {
    text: text.join('\n\n'),
    plots: { growth: await lines('What a scan costs PostgreSQL', axes, points) },
  };
}

export async function saleSection(result: SaleResult): Promise<Section> {
  const sales = result.modes.filter(({ mode }) => !mode.endsWith('page'));
  const { hot, seats, page } = result.ratio;
  const text = [
    ranSo(result),
    figures(result.modes, [
      ['orders or pages/s', 'journeysPerSecond'],
      ['p50 ms', 'p50'],
      ['p99 ms', 'p99'],
      ['hold p99', 'holdP99'],
      ['order p99', 'orderP99'],
      ['payment p99', 'payP99'],
      ['statements', 'statementsPerJourney'],
      ['commits', 'commitsPerJourney'],
      ['cores: web', 'serviceCores'],
      ['PostgreSQL', 'databaseCores'],
      ['generator', 'generatorCores'],
    ]),
    `Ours over the usual design, in the same run: **${number(hot)} ×** the orders of one hot type, **${number(seats)} ×** those of a seat map, **${number(page)} ×** the event pages.`,
    picture('sale', 'Orders a second'),
    goals(result.goals),
  ];
  return {
    text: text.join('\n\n'),
    plots: {
      sale: await bars(
        'Orders a second: page, hold, order, payment, two tickets issued',
        'orders/s',
        sales.map(({ title, median }) => ({ name: title, value: median.journeysPerSecond })),
      ),
    },
  };
}

export async function feedSection(result: FeedResult): Promise<Section> {
  const text = [
    ranSo(result),
    figures(result.modes, [
      ['scans/s', 'scansPerSecond'],
      ['deliveries/s', 'deliveriesPerSecond'],
      ['bytes', 'frameBytes'],
      ['µs/delivery', 'feedUsPerDelivery'],
      ['cores', 'feedCores'],
      ['p50 ms', 'p50'],
      ['p99 ms', 'p99'],
      ['storm: all current, ms', 'stormMax'],
      ['MiB before', 'stormMiBBefore'],
      ['MiB after', 'stormMiBAfter'],
    ]),
    `Ours over the usual design, in the same run: **${number(result.ratio)} ×** the deliveries of a core-second, and **${number(result.newsRatio)} ×** the scans that it shows to all walls.`,
    picture('feed', 'What a frame to one wall costs'),
    goals(result.goals),
  ];
  return {
    text: text.join('\n\n'),
    plots: {
      feed: await bars(
        'CPU of the process of the walls, for one frame to one wall',
        'µs',
        result.modes.map(({ title, median }) => ({
          name: title,
          value: median.feedUsPerDelivery,
        })),
      ),
    },
  };
}

/** When, on what, and how often. */
function ranSo(result: Result): string {
  const { runs, seconds } = result.options;
  return `${ranOn(result)}; medians of ${runs} runs of ${seconds} s.`;
}

/** When, and on what. */
export function ranOn({ at, machine }: Pick<Result, 'at' | 'machine'>): string {
  const { cores, processor, memoryGiB, node, postgres, fdatasyncMs, loadBefore } = machine;
  return [
    `${at.slice(0, 10)}, ${cores} cores (${processor}), ${memoryGiB} GiB, Node ${node}, PostgreSQL ${postgres}`,
    `fsync ${machine.settings['fsync']}, an fdatasync takes ${number(fdatasyncMs)} ms, load ${number(loadBefore)} before it began`,
  ].join('; ');
}

/** A table of what was measured: a line for each mode. */
export function figures<Of>(
  modes: readonly { title: string; median: Of }[],
  columns: readonly (readonly [title: string, figure: keyof Of])[],
): string {
  return markdownTable([
    ['', ...columns.map(([title]) => title)],
    ...modes.map(({ title, median }) => [
      title,
      ...columns.map(([, figure]) => number(Number(median[figure]))),
    ]),
  ]);
}

export function goals(list: readonly Goal[]): string {
  return markdownTable([
    ['goal', 'to reach', 'measured', 'reached'],
    ...list.map(({ what, goal, figure, reached }) => [
      what,
      goal,
      number(figure),
      reached ? 'yes' : '**no**',
    ]),
  ]);
}

export function picture(name: string, words: string): string {
  return `![${words}](benchmarks/${name}.svg)`;
}

export function markdownTable([head = [], ...rows]: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const rule = head.map((_, column) => (column === 0 ? '---' : '---:'));
  return [line(head), line(rule), ...rows.map(line)].join('\n');
}
