/** npm run bench:feed: what a thousand walls cost, how soon they show a scan, and how many times the usual design. */
import { parseArgs } from 'node:util';
import type { BenchDatabase } from './database/bench-database.ts';
import { feedGoals, feedRatio, type FeedRuns, newsRatio } from './feed-goals.ts';
import { calmPerSecond, type FeedMode, feedModeNames, feedModes } from './feed-modes.ts';
import { type FeedLoad, type FeedMeasurement, measureFeed } from './measure-feed.ts';
import { describeMachine, type Machine } from './measure/machine.ts';
import { commonArgs, type CommonOptions, commonOptions, count } from './options.ts';
import { describeFaults, type Faults } from './report/faults.ts';
import { feedColumns } from './report/feed-figures.ts';
import { medianFigures } from './report/figures.ts';
import { figuresTable } from './report/figures-table.ts';
import { goalsTable } from './report/goal.ts';
import { number } from './report/table.ts';
import { runBench, say, withDatabase, type Work, writeJson } from './run-bench.ts';

const usage = `
npm run bench:feed -- [options]

Measures the live feed against the usual design (ws, each scan a message of its own to every wall), beside a gate
that is scanned at, on a PostgreSQL of its own, fsync on. Each run ends with all walls coming back at once.

  --watchers N    walls                                               1000
  --scans N       scans a second of the crowd                         5000
  --passes N      passes in the database                              200000
  --runs N        runs of each mode; figures are their medians        3
  --seconds N     seconds a run measures                              10
  --warmup N      seconds before that, not counted                    4
  --json FILE     the result, with machine and goals
  --data DIR      where loaded databases are kept                     .data/bench

The first run with a number of passes loads them, which takes a while; later ones find them.`;

/** Of the passes have come in before the benchmark begins. */
const usedShare = 0.1;

/** Of the walls never read. */
const stalledShare = 0.05;

const { values } = parseArgs({
  options: {
    ...commonArgs,
    watchers: { type: 'string', default: '1000' },
    scans: { type: 'string', default: '5000' },
  },
});

if (values.help) console.log(usage.trim());
else await runBench(values.data, plan);

/** Reads what is wanted. @throws in words for people. */
function plan(): Work {
  const options = commonOptions(values);
  const watchers = count('watchers', values.watchers);
  const load = { watchers, stalledShare, perSecond: count('scans', values.scans) };
  const passes = count('passes', values.passes ?? '200000');
  return () => withDatabase(values.data, passes, (database) => bench(database, options, load));
}

type Results = Record<FeedMode, FeedMeasurement[]>;

async function bench(
  database: BenchDatabase,
  options: CommonOptions,
  load: FeedLoad,
): Promise<Faults[]> {
  const machine = await describeMachine(database);
  say(
    `${machine.cores} cores, load ${machine.loadBefore.toFixed(1)} before; fsync ${machine.settings['fsync']}`,
  );
  await database.reset(usedShare);
  const timing = { warmupMs: options.warmup * 1000, windowMs: options.seconds * 1000 };
  const results: Results = { busy: [], calm: [], usual: [] };
  for (let run = 1; run <= options.runs; run++) {
    for (const name of feedModeNames) {
      const measurement = await measureFeed(database, name, load, timing);
      results[name].push(measurement);
      sayRun(`run ${run}, ${feedModes[name].title}`, measurement);
    }
  }
  report(results, machine, options, load, database.passes);
  return feedModeNames.flatMap((name) => results[name].map(({ faults }) => faults));
}

function sayRun(what: string, { figures, faults }: FeedMeasurement): void {
  const { deliveriesPerSecond, feedUsPerDelivery, p99, stormMax } = figures;
  say(
    `${what}: ${number(deliveriesPerSecond)} deliveries/s, ${number(feedUsPerDelivery)} µs each, p99 ${number(p99)} ms; after a storm all current in ${number(stormMax)} ms`,
  );
  for (const fault of describeFaults(faults)) say(`  WRONG ${fault}`);
}

function report(
  results: Results,
  machine: Machine,
  { json, data: _, ...options }: CommonOptions,
  load: FeedLoad,
  passes: number,
): void {
  const runs = Object.fromEntries(
    feedModeNames.map((name) => [name, results[name].map(({ figures }) => figures)]),
  ) as unknown as FeedRuns;
  const modes = feedModeNames.map((name) => ({
    ...{ mode: name, title: feedModes[name].title },
    median: medianFigures(runs[name]),
    runs: results[name],
  }));
  const goals = feedGoals(runs);
  const ratio = feedRatio(runs);
  console.log(
    figuresTable(
      feedColumns,
      modes.map(({ title, median: figures }) => [title, figures] as const),
    ),
  );
  const news = newsRatio(runs);
  console.log(`\nours over the usual design, deliveries a core-second: ${number(ratio)} x`);
  console.log(`scans that a core-second shows to all walls, ours in a crowd: ${number(news)} x`);
  console.log(`\n${goalsTable(goals)}`);
  writeJson(json, {
    ...{ bench: 'feed', at: new Date().toISOString(), machine },
    options: { ...options, passes, usedShare, ...load, calmPerSecond },
    ...{ ratio, newsRatio: news, goals, modes },
  });
}
