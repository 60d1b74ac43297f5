/** npm run bench:gate: how many durable verdicts a second, how fast, and how many times the usual design. */
import { parseArgs } from 'node:util';
import type { BenchDatabase } from './database/bench-database.ts';
import { gateGoals, ratioOf, type RunsByMode } from './gate-goals.ts';
import { type GateMode, gateModes, isGateMode, modeOf, type NamedMode } from './gate-modes.ts';
import { describeMachine, type Machine } from './measure/machine.ts';
import { measureMode, type Measurement } from './measure-mode.ts';
import { commonArgs, type CommonOptions, commonOptions, count } from './options.ts';
import { describeFaults, type Faults } from './report/faults.ts';
import { figuresTable } from './report/figures-table.ts';
import { gateColumns, medianFigures } from './report/figures.ts';
import { goalsTable } from './report/goal.ts';
import { number } from './report/table.ts';
import { runBench, say, withDatabase, type Work, writeJson } from './run-bench.ts';

const allModes = Object.keys(gateModes).join(',');

const usage = `
npm run bench:gate -- [options]

Measures the gate against the usual design (HTTP, ORM, one transaction a scan) on a PostgreSQL of its own, fsync on.

  --passes N      passes in the database                              10000000
  --runs N        runs of each mode; figures are their medians        3
  --seconds N     seconds a run measures                              10
  --warmup N      seconds before that, not counted                    4
  --modes A,B     some of ${allModes}
  --watchers N    walls in the mode walls                             1000
  --json FILE     the result, with machine and goals
  --profile DIR   a CPU profile of the service for each run of ours; slows it down a little
  --data DIR      where loaded databases are kept                     .data/bench

The first run with a number of passes loads them, which takes a while; later ones find them.`;

/** Of the passes have come in before the benchmark begins. */
const usedShare = 0.1;

/** One thread that does more than this has no time to be punctual. */
const generatorCoresMax = 0.85;

const { values } = parseArgs({
  options: {
    ...commonArgs,
    modes: { type: 'string', default: allModes },
    watchers: { type: 'string', default: '1000' },
    profile: { type: 'string' },
  },
});

if (values.help) console.log(usage.trim());
else await runBench(values.data, plan);

/** Reads what is wanted. @throws in words for people. */
function plan(): Work {
  const options = commonOptions(values);
  const walls = count('watchers', values.watchers);
  const modes = chosenModes().map((name) => modeOf(name, walls, values.profile));
  const passes = count('passes', values.passes ?? '10000000');
  return () => withDatabase(values.data, passes, (database) => bench(database, options, modes));
}

async function bench(
  database: BenchDatabase,
  options: CommonOptions,
  modes: readonly NamedMode[],
): Promise<Faults[]> {
  const machine = await describeMachine(database);
  say(
    `${machine.cores} cores, load ${machine.loadBefore.toFixed(1)} before; fsync ${machine.settings['fsync']}`,
  );
  await database.reset(usedShare);
  const timing = { warmupMs: options.warmup * 1000, windowMs: options.seconds * 1000 };
  const results = modes.map((mode): Result => ({ mode, runs: [] }));
  for (let run = 1; run <= options.runs; run++) {
    for (const { mode, runs } of results) {
      const measurement = await measureMode(database, mode, timing);
      runs.push(measurement);
      sayRun(`run ${run}, ${mode.title}`, measurement);
    }
  }
  report(results, machine, options, database.passes);
  return results.flatMap(({ runs }) => runs.map(({ faults }) => faults));
}

interface Result {
  readonly mode: NamedMode;
  readonly runs: Measurement[];
}

function chosenModes(): GateMode[] {
  return values.modes.split(',').map((name) => {
    if (isGateMode(name)) return name;
    throw new Error(`--modes ${name}: there are ${allModes}`);
  });
}

function sayRun(what: string, { figures, faults }: Measurement): void {
  const { verdictsPerSecond, p50, p99 } = figures;
  say(`${what}: ${number(verdictsPerSecond)}/s, p50 ${number(p50)} ms, p99 ${number(p99)} ms`);
  for (const fault of describeFaults(faults)) say(`  WRONG ${fault}`);
  if (figures.generatorCores > generatorCoresMax) {
    say(
      `  the load generator took ${number(figures.generatorCores)} cores: it may be what limits this`,
    );
  }
}

function report(
  results: readonly Result[],
  machine: Machine,
  { json, data: _, ...options }: CommonOptions,
  passes: number,
): void {
  const figures: RunsByMode = Object.fromEntries(
    results.map(({ mode, runs }) => [mode.name, runs.map((run) => run.figures)]),
  );
  const goals = gateGoals(figures);
  const modes = results.map(({ mode, runs }) => ({
    ...{ mode: mode.name, title: mode.title },
    median: medianFigures(runs.map((run) => run.figures)),
    runs,
  }));
  console.log(
    figuresTable(
      gateColumns,
      modes.map(({ title, median }) => [title, median] as const),
    ),
  );
  if (goals.length > 0) console.log(`\n${goalsTable(goals)}`);
  writeJson(json, {
    ...{ bench: 'gate', at: new Date().toISOString(), machine },
    options: { ...options, passes, usedShare, watchers: Number(values.watchers) },
    ratio: ratioOf(figures) ?? null,
    ...{ goals, modes },
  });
}
