/** npm run load -- 03-doors-open: a k6 scenario against services of its own, and the books afterwards. */
import { parseArgs } from 'node:util';
import { buildWeb } from '../../../scripts/lib/build-web.ts';
import { doorsOpen } from './doors-open.ts';
import { findK6, howToGetK6 } from './find-k6.ts';
import { LoadSite, removeAbandoned } from './load-site.ts';
import { exitCodes, judge, resultFiles, writeReport } from './report.ts';
import { runK6 } from './run-k6.ts';
import type { Scale, Scenario } from './scenario.ts';
import { onSale } from './on-sale.ts';
import { reconnectStorm } from './reconnect-storm.ts';
import { smoke } from './smoke.ts';
import { soak } from './soak.ts';

const scenarios: Record<string, Scenario> = {
  '01-smoke': smoke,
  '02-on-sale': onSale,
  '03-doors-open': doorsOpen,
  '04-reconnect-storm': reconnectStorm,
  '05-soak': soak,
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    people: { type: 'string' },
    gates: { type: 'string' },
    minutes: { type: 'string' },
    walls: { type: 'string' },
    rate: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});

const usage = `
npm run load -- SCENARIO [options]

Runs k6 against a site of its own on this machine (PostgreSQL with fsync on), and then checks the books in the database.

${Object.entries(scenarios)
  .map(([name, { about }]) => `  ${name.padEnd(20)}${about}`)
  .join('\n')}

  --people N    people that come, or buy
  --gates N     gates, each a device with a WebSocket of its own
  --minutes N   how long; may be a fraction
  --walls N     walls that watch
  --rate N      scans a second

The results go to loadtests/results: plots as HTML, the figures and the books as Markdown.
It ends with 0 when all was right, 1 when anything was wrong, 2 when only a latency was missed.`;

/** As of a program that Ctrl-C ended. */
const brokenOffCode = 130;

const broken = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => broken.abort(new Error('Broken off.')));
}
// npm passes a SIGTERM on to the shell it runs scripts in, which ends without a word to us.
const parent = process.ppid;
setInterval(() => {
  if (process.ppid !== parent) broken.abort(new Error('Broken off.'));
}, 250).unref();

if (values.help || positionals.length === 0) console.log(usage.trim());
else process.exit(await main(positionals[0] ?? ''));

/** Progress goes to standard error: standard output is the report. */
function say(line: string): void {
  console.error(`· ${line}`);
}

async function main(name: string): Promise<number> {
  try {
    const scenario = scenarios[name];
    if (!scenario) throw new Error(`${name}: there are ${Object.keys(scenarios).join(', ')}`);
    const scale = scaleOf(scenario.scale);
    const k6 = findK6();
    if (k6 === undefined) throw new Error(howToGetK6);
    return await Promise.race([run(name, scenario, scale, k6), brokenOff()]);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return broken.signal.aborted ? brokenOffCode : exitCodes.broken;
  } finally {
    // Also what was only just being started when it was broken off.
    await removeAbandoned(true);
  }
}

function brokenOff(): Promise<never> {
  return new Promise((_, reject) => {
    broken.signal.addEventListener('abort', () => reject(broken.signal.reason));
  });
}

async function run(name: string, scenario: Scenario, scale: Scale, k6: string): Promise<number> {
  const { signal } = broken;
  if (scenario.needsWeb && (await buildWeb())) say('the web app was built');
  say('a PostgreSQL of its own starts');
  const site = await LoadSite.open();
  try {
    const { html: htmlFile } = resultFiles(name);
    const start = () => runK6({ k6, script: name, dataDir: site.dataDir, htmlFile, signal });
    const outcome = await scenario.run({ site, scale, say, k6: start });
    for (const accident of site.accidents) throw new Error(accident);
    console.log(writeReport(name, outcome));
    return exitCodes[judge(outcome)];
  } finally {
    await site.close();
  }
}

/** @throws in words for people. */
function scaleOf(byDefault: Scale): Scale {
  const number = (option: keyof Scale): number => {
    const text = values[option];
    if (text === undefined) return byDefault[option];
    const value = Number(text.replaceAll('_', ''));
    const isRight = value > 0 && (option === 'minutes' || Number.isInteger(value));
    if (!isRight) throw new Error(`--${option} ${text}: not a number over 0`);
    return value;
  };
  return {
    people: number('people'),
    gates: Math.max(2, number('gates')),
    minutes: number('minutes'),
    walls: number('walls'),
    rate: number('rate'),
  };
}
