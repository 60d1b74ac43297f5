/** npm run bench:growth: what a scan costs PostgreSQL with ten thousand passes, and with ten million. */
import { parseArgs } from 'node:util';
import type { BenchDatabase } from './database/bench-database.ts';
import { type Explained, explainGate } from './database/explain-gate.ts';
import {
  growthLoads,
  type GrowthLoad,
  type GrowthMeasurement,
  type UsedShare,
  usedShares,
  measureGrowth,
} from './measure-growth.ts';
import { describeMachine, type Machine } from './measure/machine.ts';
import { commonArgs, type CommonOptions, commonOptions, count } from './options.ts';
import { describeFaults, type Faults } from './report/faults.ts';
import { figuresTable } from './report/figures-table.ts';
import { gateColumns, medianFigures } from './report/figures.ts';
import { atMost, type Goal, goalsTable } from './report/goal.ts';
import { number } from './report/table.ts';
import { runBench, say, withDatabase, type Work, writeJson } from './run-bench.ts';

const usage = `
npm run bench:growth -- [options]

Measures what a scan costs PostgreSQL as the number of passes grows, reading them at random, with none
and with half of them used. Each size has a database of its own, fsync on.

  --passes A,B    sizes, the smallest first                           10000,100000,1000000,10000000
  --runs N        runs of each size and state; figures are medians    3
  --seconds N     seconds a run measures, for each kind of load       10
  --warmup N      seconds before that, not counted                    4
  --json FILE     the result, with the plans of the gate's statements at the largest size
  --data DIR      where loaded databases are kept                     .data/bench

The first run with a size loads it, which takes a while; later ones find it.`;

const states = Object.keys(usedShares) as UsedShare[];

const { values } = parseArgs({ options: commonArgs });
if (values.help) console.log(usage.trim());
else await runBench(values.data, plan);

/** Reads what is wanted. @throws in words for people. */
function plan(): Work {
  const options = commonOptions(values);
  const sizes = (values.passes ?? '10000,100000,1000000,10000000')
    .split(',')
    .map((size) => count('passes', size))
    .sort((a, b) => a - b);
  return () => bench(options, sizes);
}

async function bench(options: CommonOptions, sizes: readonly number[]): Promise<Faults[]> {
  const results: SizeResult[] = [];
  for (const size of sizes) {
    const isLargest = size === sizes.at(-1);
    results.push(
      await withDatabase(options.data, size, (db) => measureSize(db, options, isLargest)),
    );
  }
  report(results, options);
  return results.flatMap(({ measured }) => measured.map(({ faults }) => faults));
}

interface SizeResult {
  readonly machine: Machine;
  readonly measured: readonly GrowthMeasurement[];
  readonly plans: readonly Explained[];
}

async function measureSize(
  database: BenchDatabase,
  { runs, warmup, seconds }: CommonOptions,
  isLargest: boolean,
): Promise<SizeResult> {
  const machine = await describeMachine(database);
  const measured: GrowthMeasurement[] = [];
  for (const used of states) {
    const timing = { runs, warmupMs: warmup * 1000, windowMs: seconds * 1000 };
    const measurement = await measureGrowth(database, used, timing);
    measured.push(measurement);
    sayMeasured(measurement);
  }
  return { machine, measured, plans: isLargest ? await explainGate(database) : [] };
}

function sayMeasured(measurement: GrowthMeasurement): void {
  const { databaseUsPerScan, verdictsPerSecond } = medianFigures(measurement.runs.closed);
  say(
    `${titleOf(measurement)}: ${number(databaseUsPerScan)} µs of PostgreSQL a scan, ${number(verdictsPerSecond)}/s`,
  );
  for (const fault of describeFaults(measurement.faults)) say(`  WRONG ${fault}`);
}

function titleOf({ passes, used }: GrowthMeasurement): string {
  return `${passes.toLocaleString('en')} passes, ${used === 'half' ? 'half used' : 'unused'}`;
}

function report(
  results: readonly SizeResult[],
  { json, data: _, ...options }: CommonOptions,
): void {
  const measured = results.flatMap((result) => result.measured);
  const lines = (load: GrowthLoad) =>
    measured.map((one) => [titleOf(one), medianFigures(one.runs[load])] as const);
  console.log(`closed loop, 500 scanners\n${figuresTable(gateColumns, lines('closed'))}`);
  console.log(
    `\nopen loop, ${number(growthLoads.open.perSecond)}/s\n${figuresTable(gateColumns, lines('open'))}`,
  );
  const goals = growthGoals(measured);
  if (goals.length > 0) console.log(`\n${goalsTable(goals)}`);
  writeJson(json, {
    ...{ bench: 'growth', at: new Date().toISOString(), machine: results[0]?.machine, options },
    ratio: goals.length > 0 ? Math.max(...goals.map(({ figure }) => figure)) : null,
    goals,
    sizes: measured.map((one) => ({
      ...one,
      median: { closed: medianFigures(one.runs.closed), open: medianFigures(one.runs.open) },
    })),
    plans: results.at(-1)?.plans,
  });
}

/** The largest size against the smallest, in each state. */
function growthGoals(measured: readonly GrowthMeasurement[]): Goal[] {
  return states.flatMap((used) => {
    const sizes = measured.filter((one) => one.used === used);
    const [small, large] = [sizes[0], sizes.at(-1)];
    if (!small || !large || small === large) return [];
    const cost = (one: GrowthMeasurement) => medianFigures(one.runs.closed).databaseUsPerScan;
    const what = `PostgreSQL CPU a scan, ${titleOf(large)}, over ${small.passes.toLocaleString('en')}`;
    return atMost(what, 1.3, ' x', cost(large) / cost(small));
  });
}
