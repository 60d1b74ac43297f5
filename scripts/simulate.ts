/**
 * npm run simulate -- --seeds N --from SEED: plays that many histories of two sites and their devices, each drawn from its number, and
 * checks the rules Y-n. A history that breaks one is printed as short as it can be made; the exit code is then 1.
 */
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { playHistory, shorten } from '../packages/domain/test/simulation/simulate.ts';
import { drawHistory, tellStep } from '../packages/domain/test/simulation/steps.ts';

/** Seeds a thread plays before it tells how far it is. */
const seedsPerReport = 500;

interface Share {
  readonly from: number;
  readonly end: number;
  /** Every so many seeds: as many threads share them. */
  readonly stride: number;
}

interface Report {
  readonly played: number;
  readonly faults: readonly { readonly seed: number; readonly text: string }[];
}

function playShare({ from, end, stride }: Share, report: (report: Report) => void): void {
  let played = 0;
  let faults: Report['faults'] = [];
  for (let seed = from; seed < end; seed += stride) {
    const history = drawHistory(seed);
    const fault = playHistory(history);
    if (fault !== null) {
      const short = shorten(history).map(tellStep);
      faults = [...faults, { seed, text: [fault, ...short].join('\n  ') }];
    }
    played += 1;
    if (played < seedsPerReport) continue;
    report({ played, faults });
    played = 0;
    faults = [];
  }
  if (played > 0) report({ played, faults });
}

async function playAll(seeds: number, from: number): Promise<number> {
  const startedAt = Date.now();
  const threads = Math.min(availableParallelism(), Math.ceil(seeds / seedsPerReport));
  let toldAt = startedAt;
  let played = 0;
  let failed = 0;
  const take = (report: Report) => {
    played += report.played;
    failed += report.faults.length;
    for (const { seed, text } of report.faults) console.log(`\nseed ${seed}: ${text}`);
    // A log that nobody watches gets a line now and then.
    if (!process.stdout.isTTY && played < seeds && Date.now() - toldAt < 10_000) return;
    toldAt = Date.now();
    const seconds = ((toldAt - startedAt) / 1000).toFixed(1);
    const line = `${played} of ${seeds} histories, ${failed} broke a rule, ${seconds} s`;
    const isOver = !process.stdout.isTTY || played === seeds;
    process.stdout.write(`${process.stdout.isTTY ? '\r' : ''}${line}${isOver ? '\n' : ''}`);
  };
  await Promise.all(
    Array.from({ length: threads }, (_, i) =>
      inThread({ from: from + i, end: from + seeds, stride: threads }, take),
    ),
  );
  return failed;
}

function inThread(share: Share, take: (report: Report) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL(import.meta.url), { workerData: share });
    worker.on('message', take);
    worker.on('error', reject);
    worker.on('exit', () => resolve());
  });
}

function wholeNumber(text: string, least: number): number {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value >= least) return value;
  console.error(`Not a whole number of at least ${least}: ${text}`);
  process.exit(2);
}

if (isMainThread) {
  const { values } = parseArgs({
    options: {
      seeds: { type: 'string', default: '10000' },
      from: { type: 'string', default: '0' },
    },
  });
  const failed = await playAll(wholeNumber(values.seeds, 1), wholeNumber(values.from, 0));
  process.exitCode = failed === 0 ? 0 : 1;
} else {
  playShare(workerData as Share, (report) => parentPort?.postMessage(report));
}
