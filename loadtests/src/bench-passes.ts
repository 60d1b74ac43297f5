/** npm run bench:passes: how long an organizer waits for the lists of a large event. */
import { createCaller } from '@catraca/api';
import { testContext, testMember } from '@catraca/api/testing/test-context';
import { holdPersonalKeys, initSite, migrate, openDb } from '@catraca/db';
import { createDatabase, dropDatabase, startPostgres } from '@catraca/db/embedded';
import { testPersonalKeys } from '@catraca/db/testing/personal-keys';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { defaultBenchFolder } from './database/loaded-folder.ts';
import { openSql } from './database/open-sql.ts';
import { fillLists } from './lists/fill-lists.ts';
import { measure, type Measured } from './lists/measure.ts';
import { questionsOf } from './lists/questions.ts';
import { makeUsualLists, usualQuestions } from './lists/usual-lists.ts';
import { describeMachine } from './measure/machine.ts';
import { count } from './options.ts';
import { number, table } from './report/table.ts';
import { say, writeJson } from './run-bench.ts';

const usage = `
npm run bench:passes -- [options]

Pages, filters, sorts and searches of an event's passes, orders and audit log: from the call of the API to its answer, names opened.
"The usual design" asks the same of a table with names in clear, by ilike, offset and a count of all.

  --passes N      passes, and as many orders and audit rows      100000
  --runs N        times each is asked; figures are medians      9
  --json FILE     the result
  --data DIR      where the database is kept meanwhile           .data/bench`;

/** Ms within which a page is to be there. */
const goalMs = 200;

const databaseName = 'lists';

const { values } = parseArgs({
  options: {
    passes: { type: 'string', default: '100000' },
    runs: { type: 'string', default: '9' },
    json: { type: 'string' },
    data: { type: 'string', default: defaultBenchFolder },
    help: { type: 'boolean', default: false },
  },
});

holdPersonalKeys(testPersonalKeys);
if (values.help) console.log(usage.trim());
else await bench(count('passes', values.passes), count('runs', values.runs));

async function bench(passes: number, runs: number): Promise<void> {
  const dataDir = path.join(path.resolve(values.data), 'passes');
  const server = await startPostgres({ dataDir });
  try {
    const url = await createDatabase(server.url, databaseName);
    try {
      await migrate(url);
      const sql = openSql(url);
      const machine = await describeMachine({ sql, dataDir });
      const measured = await measureLists(url, sql, passes, runs);
      await sql.end();
      report(measured);
      writeJson(values.json, {
        ...{ bench: 'passes', at: new Date().toISOString(), machine },
        ...{ options: { passes, runs }, goalMs, measured },
      });
    } finally {
      await dropDatabase(server.url, databaseName);
    }
  } finally {
    await server.stop();
  }
}

async function measureLists(
  url: string,
  sql: ReturnType<typeof openSql>,
  passes: number,
  runs: number,
): Promise<Measured[]> {
  const db = openDb(url);
  try {
    await initSite(db, { number: 1, name: 'bench', kind: 'cloud' });
    say(`${number(passes)} passes are written …`);
    const lists = await fillLists(db, sql, passes);
    await makeUsualLists(sql, passes);
    const api = createCaller(await testContext(db, testMember('owner', lists.organizationId)));
    const usual = new Map(Object.entries(usualQuestions(sql, lists, passes)));
    return await measure(questionsOf(api, lists), usual, runs);
  } finally {
    await db.$client.end();
  }
}

function report(measured: readonly Measured[]): void {
  const rows = measured.map(({ title, median, slowest, usualMedian, ratio }) => [
    title,
    median.toFixed(1),
    slowest.toFixed(1),
    usualMedian?.toFixed(1) ?? '',
    ratio === null ? '' : `${number(ratio)} x`,
  ]);
  say(table([['', 'ms (median)', 'slowest', 'usual design', 'ratio'], ...rows]));
  const late = measured.filter(({ median }) => median >= goalMs);
  say(`each in under ${goalMs} ms: ${late.length === 0 ? 'yes' : 'no'}`);
  if (late.length > 0) process.exitCode = 1;
}
