/** npm run bench:sale: how many orders a second the shop takes, and how many times the usual design. */
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { buildWeb } from '../../scripts/lib/build-web.ts';
import { withLock } from '../../scripts/lib/lock.ts';
import { openSql } from './database/open-sql.ts';
import { describeMachine, type Machine } from './measure/machine.ts';
import { commonArgs, type CommonOptions, commonOptions, count } from './options.ts';
import { medianFigures } from './report/figures.ts';
import { figuresTable } from './report/figures-table.ts';
import { goalsTable } from './report/goal.ts';
import { number } from './report/table.ts';
import { say, writeJson } from './run-bench.ts';
import { saleColumns } from './sale/figures.ts';
import { measureSale, type SaleMeasurement } from './sale/measure-sale.ts';
import {
  isSaleMode,
  saleGoals,
  type SaleModeName,
  saleModes,
  saleRatios,
  type SaleRuns,
} from './sale/modes.ts';
import { type SaleServer, startSaleServer } from './sale/sale-server.ts';

const allModes = Object.keys(saleModes).join(',');

const usage = `
npm run bench:sale -- [options]

Measures the shop against the usual design (HTTP, ORM, a transaction for each step) on a PostgreSQL of its own, fsync on.

  --runs N        runs of each mode; figures are their medians        3
  --seconds N     seconds a run measures                              10
  --warmup N      seconds before that, not counted                    4
  --buyers N      people in the shop at the same time                 64
  --web N         web processes, for all modes of ours                as the mode says
  --modes A,B     some of ${allModes}
  --json FILE     the result, with machine and goals
  --profile DIR   a CPU profile of each web process of ours; slows it down a little
  --data DIR      where the databases are, while it runs              .data/bench`;

const sound =
  '\nNothing oversold, no seat twice, every paid order has its passes and its money, and every buyer was told the truth.';

/** One thread that does more than this has no time to be punctual. */
const generatorCoresMax = 0.85;

const { values } = parseArgs({
  options: {
    ...commonArgs,
    modes: { type: 'string', default: allModes },
    buyers: { type: 'string', default: '64' },
    web: { type: 'string' },
    profile: { type: 'string' },
  },
});

interface Result {
  readonly name: SaleModeName;
  readonly runs: SaleMeasurement[];
}

let server: SaleServer | undefined;
let folder: string | undefined;

/** The server would go on without us. */
async function clearAway(): Promise<void> {
  await server?.stop();
  if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
}

if (values.help) console.log(usage.trim());
else await main();

async function main(): Promise<void> {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.once(signal, () => void clearAway().then(() => process.exit(130)));
  try {
    const options = commonOptions(values);
    const modes = chosenModes();
    if (modes.some((name) => saleModes[name].design === 'ours') && (await buildWeb()))
      say('The web app is built.');
    const lock = path.join(options.data, 'lock');
    if (existsSync(lock)) say(`Waits for another benchmark to end (${lock}).`);
    process.exitCode = (await withLock(lock, () => bench(options, modes))) ? 0 : 1;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}

/** @returns whether all was right. */
async function bench(options: CommonOptions, modes: readonly SaleModeName[]): Promise<boolean> {
  mkdirSync(options.data, { recursive: true });
  folder = mkdtempSync(path.join(options.data, 'sale-'));
  try {
    const started = await startSaleServer(folder);
    server = started.server;
    const sql = openSql(server.url);
    const machine = await describeMachine({ sql, dataDir: server.dataDir });
    await sql.end({ timeout: 1 });
    const timing = { warmupMs: options.warmup * 1000, windowMs: options.seconds * 1000 };
    const buyers = count('buyers', values.buyers);
    const results = modes.map((name): Result => ({ name, runs: [] }));
    for (let run = 1; run <= options.runs; run++) {
      for (const { name, runs } of results) {
        const mode = saleModes[name];
        const web = values.web === undefined ? mode.web : count('web', values.web);
        const setup = {
          ...mode,
          web,
          buyers,
          profileDir: values.profile && path.resolve(values.profile),
        };
        const measurement = await measureSale(server, started.offer, setup, timing);
        runs.push(measurement);
        sayRun(`run ${run}, ${mode.title}`, measurement);
      }
    }
    report(results, machine, options);
    const faults = results.flatMap(({ runs }) => runs.flatMap((run) => run.faults));
    console.log(faults.length === 0 ? sound : `\nWRONG:\n${faults.join('\n')}`);
    return faults.length === 0;
  } finally {
    await clearAway();
  }
}

function chosenModes(): SaleModeName[] {
  return values.modes.split(',').map((name) => {
    if (isSaleMode(name)) return name;
    throw new Error(`--modes ${name}: there are ${allModes}`);
  });
}

function sayRun(what: string, { figures, faults }: SaleMeasurement): void {
  const { journeysPerSecond, p50, p99, generatorCores } = figures;
  say(`${what}: ${number(journeysPerSecond)}/s, p50 ${number(p50)} ms, p99 ${number(p99)} ms`);
  for (const fault of faults) say(`  WRONG ${fault}`);
  if (generatorCores > generatorCoresMax)
    say(`  the load generator took ${number(generatorCores)} cores: it may be what limits this`);
}

function report(
  results: readonly Result[],
  machine: Machine,
  { json, data: _, ...options }: CommonOptions,
): void {
  const figures: SaleRuns = Object.fromEntries(
    results.map(({ name, runs }) => [name, runs.map((run) => run.figures)]),
  );
  const goals = saleGoals(figures);
  const modes = results.map(({ name, runs }) => ({
    ...{ mode: name, title: saleModes[name].title },
    median: medianFigures(runs.map((run) => run.figures)),
    runs,
  }));
  const ratio = saleRatios(figures);
  console.log(
    figuresTable(
      saleColumns,
      modes.map(({ title, median }) => [title, median] as const),
    ),
  );
  for (const [mode, times] of Object.entries(ratio))
    console.log(`\nours over the usual design, ${mode}: ${number(times)} x`);
  if (goals.length > 0) console.log(`\n${goalsTable(goals)}`);
  writeJson(json, {
    ...{ bench: 'sale', at: new Date().toISOString(), machine },
    options: { ...options, buyers: Number(values.buyers), web: values.web ?? null },
    ...{ ratio, goals, modes },
  });
}
