import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';

const scripts = path.resolve(import.meta.dirname, '../../k6');

/** Metrics of which any but 0 is a wrong answer, not a slow one: `k6/lib/metrics.js`; `checks` are of what was answered too. */
const correctnessMetrics: ReadonlySet<string> = new Set([
  'double_admissions',
  'lost_verdicts',
  'wrong_verdicts',
  'wrong_walls',
  'wrong_sales',
  'oversold',
  'checks',
]);

const summarySchema = z.object({
  metrics: z.record(
    z.string(),
    z.object({
      type: z.string(),
      values: z.record(z.string(), z.number()),
      thresholds: z.record(z.string(), z.object({ ok: z.boolean() })).optional(),
    }),
  ),
});

/** One threshold of a script and whether it was kept. */
export interface Threshold {
  /** `verdict_ms: p(99)<50`. */
  readonly text: string;
  readonly kind: 'correctness' | 'latency';
  readonly ok: boolean;
}

export interface K6Result {
  readonly thresholds: readonly Threshold[];
  /** `verdict_ms` → `{ med, 'p(95)', … }`, in ms; counters have `count` and `rate`. */
  readonly metrics: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

export interface K6Run {
  readonly k6: string;
  /** `01-smoke`. */
  readonly script: string;
  /** Where the script finds its data and leaves its summary. */
  readonly dataDir: string;
  /** The plots go there. */
  readonly htmlFile: string;
  /** Ends k6 before its time. */
  readonly signal: AbortSignal;
}

/** When a threshold was missed. */
const thresholdExitCode = 99;

/** k6 ends its iterations when it is interrupted; past this (ms) it is killed. */
const stopWithinMs = 3_000;

/** Runs a script, its progress on standard error. @throws when k6 fails in another way than by a threshold. */
export async function runK6({ k6, script, dataDir, htmlFile, signal }: K6Run): Promise<K6Result> {
  const child = spawn(
    k6,
    [
      ...['run', '--no-usage-report', '--quiet', '--address', '', '--no-color'],
      ...['--summary-trend-stats', 'med,p(95),p(99),max', '-e', `LOAD_DATA=${dataDir}`],
      ...['--out', dashboardTo(htmlFile), path.join(scripts, `${script}.js`)],
    ],
    { stdio: ['ignore', 2, 2] },
  );
  const kill = () => {
    child.kill('SIGINT');
    setTimeout(() => child.kill('SIGKILL'), stopWithinMs).unref();
  };
  signal.addEventListener('abort', kill);
  const killNow = () => void child.kill('SIGKILL');
  process.once('exit', killNow);
  const [code] = (await once(child, 'exit')) as [number | null];
  process.off('exit', killNow);
  signal.removeEventListener('abort', kill);
  signal.throwIfAborted();
  const file = path.join(dataDir, 'summary.json');
  if ((code !== 0 && code !== thresholdExitCode) || !existsSync(file)) {
    throw new Error(`k6 failed (${code ?? 'killed'}): see above.`);
  }
  return readResult(file);
}

/** k6's own report with plots, without the port on which somebody could watch. */
function dashboardTo(htmlFile: string): string {
  const settings = new URLSearchParams({ port: '-1', period: '1s', export: htmlFile });
  return `web-dashboard=${settings}`;
}

function readResult(file: string): K6Result {
  const { metrics } = summarySchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  const thresholds = Object.entries(metrics).flatMap(([name, metric]) =>
    Object.entries(metric.thresholds ?? {}).map(([expression, { ok }]): Threshold => ({
      ...{ text: `${name}: ${expression}`, ok },
      kind: correctnessMetrics.has(name) ? 'correctness' : 'latency',
    })),
  );
  const values = Object.entries(metrics).map(([name, metric]) => [name, metric.values] as const);
  return { thresholds, metrics: Object.fromEntries(values) };
}
