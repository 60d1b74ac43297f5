/** npm run bench:gate: how many durable verdicts a second, how fast, and how many times the usual design. */
import { parseArgs } from 'node:util';
import type { BenchDatabase } from './database/bench-database.ts';
import { gateGoals, ratioOf, type RunsByMode } from './gate-goals.ts';
import { type GateMode, gateModes, isGateMode, modeOf } from './gate-modes.ts';
import { describeMachine, type Machine } from './measure/machine.ts';
import { measureMode, type Measurement } from './measure-mode.ts';
import { commonArgs, commonOptions, count } from './options.ts';
import { describeFaults, type Faults } from './report/faults.ts';
import { figuresTable } from './report/figures-table.ts';
import { medianFigures } from './report/figures.ts';
import { goalsTable } from './report/goal.ts';
import { number } from './report/table.ts';
import { runBench, say, withDatabase, writeJson } from './run-bench.ts';

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

const { values } = parseArgs({
  options: {
    ...commonArgs,
    modes: { type: 'string', default: allModes },
    watchers: { type: 'string', default: '1000' },
    profile: { type: 'string' },
  },
});

if (values.help) console.log(usage.trim());
else {
  const passes = () => count('passes', values.passes ?? '10000000');
  await runBench(values.data, () => withDatabase(values.data, passes(), bench));
}

async function bench(database: BenchDatabase): Promise<Faults[]> {
  const machine = await describeMachine(database);
  const { runs } = commonOptions(values);
  const modes = chosenModes();
  say(
    `${machine.cores} cores, load ${machine.loadBefore.toFixed(1)} before; fsync ${machine.settings['fsync']}`,
  );
  await database.reset(usedShare);
  const results = new Map<GateMode, Measurement[]>(modes.map((mode) => [mode, []]));
  for (let run = 1; run <= runs; run++) {
    for (const mode of modes) {
      const measurement = await measure(database, mode);
      results.get(mode)?.push(measurement);
      sayRun(`run ${run}, ${gateModes[mode].title}`, measurement);
    }
  }
  report(results, machine, database.passes);
  return [...results.values()].flat().map(({ faults }) => faults);
}

function chosenModes(): GateMode[] {
  return values.modes.split(',').map((name) => {
    if (isGateMode(name)) return name;
    throw new Error(`--modes ${name}: there are ${allModes}`);
  });
}

function measure(database: BenchDatabase, mode: GateMode): Promise<Measurement> {
  const { warmup, seconds } = commonOptions(values);
  return measureMode(database, modeOf(mode, count('watchers', values.watchers), values.profile), {
    warmupMs: warmup * 1000,
    windowMs: seconds * 1000,
  });
}

function sayRun(what: string, { figures, faults }: Measurement): void {
  const { verdictsPerSecond, p50, p99 } = figures;
  say(`${what}: ${number(verdictsPerSecond)}/s, p50 ${number(p50)} ms, p99 ${number(p99)} ms`);
  for (const fault of describeFaults(faults)) say(`  WRONG ${fault}`);
}

function report(results: Map<GateMode, Measurement[]>, machine: Machine, passes: number): void {
  const runs: RunsByMode = Object.fromEntries(
    [...results].map(([mode, measured]) => [mode, measured.map(({ figures }) => figures)]),
  );
  const goals = gateGoals(runs);
  const modes = [...results].map(([mode, measured]) => ({
    ...{ mode, title: gateModes[mode].title, runs: measured },
    median: medianFigures(measured.map(({ figures }) => figures)),
  }));
  console.log(figuresTable(modes.map(({ title, median }) => [title, median] as const)));
  if (goals.length > 0) console.log(`\n${goalsTable(goals)}`);
  const { help: _, data: __, ...options } = values;
  writeJson(commonOptions(values).json, {
    ...{ bench: 'gate', at: new Date().toISOString(), machine },
    options: { ...options, passes, usedShare },
    ratio: ratioOf(runs) ?? null,
    ...{ goals, modes },
  });
}
