/** npm run bench:growth: what a scan costs PostgreSQL with ten thousand passes, and with ten million. */
import { parseArgs } from 'node:util';
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
import { commonArgs, commonOptions, count } from './options.ts';
import { describeFaults, type Faults } from './report/faults.ts';
import { figuresTable } from './report/figures-table.ts';
import { type Figures, medianFigures } from './report/figures.ts';
import { atMost, type Goal, goalsTable } from './report/goal.ts';
import { number } from './report/table.ts';
import { runBench, say, withDatabase, writeJson } from './run-bench.ts';

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

const { values } = parseArgs({ options: commonArgs });
const machines: Machine[] = [];
const measured: GrowthMeasurement[] = [];
let plans: Explained[] = [];

if (values.help) console.log(usage.trim());
else await runBench(values.data, bench);

async function bench(): Promise<Faults[]> {
  const sizes = (values.passes ?? '10000,100000,1000000,10000000')
    .split(',')
    .map((size) => count('passes', size))
    .sort((a, b) => a - b);
  for (const size of sizes) await measureSize(size, size === sizes.at(-1));
  report();
  return measured.map(({ faults }) => faults);
}

async function measureSize(size: number, isLargest: boolean): Promise<void> {
  const { runs, warmup, seconds } = commonOptions(values);
  await withDatabase(values.data, size, async (database) => {
    machines.push(await describeMachine(database));
    for (const used of Object.keys(usedShares) as UsedShare[]) {
      const timing = { runs, warmupMs: warmup * 1000, windowMs: seconds * 1000 };
      const measurement = await measureGrowth(database, used, timing);
      measured.push(measurement);
      sayMeasured(measurement);
    }
    if (isLargest) plans = await explainGate(database);
  });
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

function report(): void {
  const lines = (load: GrowthLoad) =>
    measured.map(
      (one) => [titleOf(one), medianFigures(one.runs[load])] as readonly [string, Figures],
    );
  console.log(`closed loop, 500 scanners\n${figuresTable(lines('closed'))}`);
  console.log(
    `\nopen loop, ${number(growthLoads.open.perSecond)}/s\n${figuresTable(lines('open'))}`,
  );
  const goals = growthGoals();
  if (goals.length > 0) console.log(`\n${goalsTable(goals)}`);
  const { help: _, data: __, ...options } = values;
  writeJson(commonOptions(values).json, {
    ...{ bench: 'growth', at: new Date().toISOString(), machine: machines[0] },
    ...{ options, ratio: Math.max(...goals.map(({ figure }) => figure)), goals },
    sizes: measured.map((one) => ({
      ...one,
      median: { closed: medianFigures(one.runs.closed), open: medianFigures(one.runs.open) },
    })),
    plans,
  });
}

/** The largest size against the smallest, in each state. */
function growthGoals(): Goal[] {
  return (Object.keys(usedShares) as UsedShare[]).flatMap((used) => {
    const sizes = measured.filter((one) => one.used === used);
    const [small, large] = [sizes[0], sizes.at(-1)];
    if (!small || !large || small === large) return [];
    const cost = (one: GrowthMeasurement) => medianFigures(one.runs.closed).databaseUsPerScan;
    const what = `PostgreSQL CPU a scan, ${titleOf(large)}, over ${small.passes.toLocaleString('en')}`;
    return atMost(what, 1.3, ' x', cost(large) / cost(small));
  });
}
