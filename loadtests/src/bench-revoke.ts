/** npm run bench:revoke: how soon a gate that is connected refuses a pass that was revoked, or the old code of one that was reissued. */
import { createCaller } from '@catraca/api';
import { testContext, testMember } from '@catraca/api/testing/test-context';
import {
  type Db,
  ensurePersonalKeys,
  findTickets,
  grantCredential,
  initSite,
  keepPersonalKeys,
  migrate,
  openDb,
  schema,
} from '@catraca/db';
import { createDatabase, dropDatabase, startPostgres } from '@catraca/db/embedded';
import { makeType } from '@catraca/db/seed';
import { type Desk, makeDesk, makeDeskStaff } from '@catraca/db/testing/desk';
import { testMasterKey, testSigningKey } from '@catraca/db/testing/shop';
import { type CheckpointId } from '@catraca/domain';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { GateClient, newScan, verdictOf } from '../../apps/realtime/src/testing/gate-client.ts';
import { startSite } from '../../tests/support/site.ts';
import { defaultBenchFolder } from './database/loaded-folder.ts';
import { openSql } from './database/open-sql.ts';
import { describeMachine } from './measure/machine.ts';
import { count } from './options.ts';
import type { RevokeFigures } from './performance/revoke-section.ts';
import { atMost, type Goal } from './report/goal.ts';
import { number, table } from './report/table.ts';
import { say, writeJson } from './run-bench.ts';

const usage = `
npm run bench:revoke -- [options]

A gate that is connected reads a pass that admits; the pass is revoked, or gets a new code, through the API; the gate reads the old code
until it is refused. What is measured begins when the API has answered.

  --times N       revocations, and as many new codes       100
  --json FILE     the result
  --data DIR      where the database is kept meanwhile     .data/bench`;

/** Ms in which a gate is to refuse, 99 times of 100. */
const goalMs = 1_000;

const databaseName = 'revoke';
const titles = { revoke: 'a pass that is revoked', reissue: 'the old code of a pass' };
type Act = keyof typeof titles;
const acts: Act[] = ['revoke', 'reissue'];

const { values } = parseArgs({
  options: {
    times: { type: 'string', default: '100' },
    json: { type: 'string' },
    data: { type: 'string', default: defaultBenchFolder },
    help: { type: 'boolean', default: false },
  },
});

if (values.help) console.log(usage.trim());
else await bench(count('times', values.times));

async function bench(times: number): Promise<void> {
  const dataDir = path.join(path.resolve(values.data), 'revoke');
  const server = await startPostgres({ dataDir });
  try {
    await dropDatabase(server.url, databaseName);
    const url = await createDatabase(server.url, databaseName);
    const machine = await describeMachine({ sql: openSql(server.url), dataDir });
    const db = openDb(url);
    try {
      await migrate(url);
      const results = await measure(db, url, times);
      const goals = results.flatMap(({ title, figures }) =>
        atMost(`refused: ${title}, p99`, goalMs, ' ms', figures.p99),
      );
      report(results, goals);
      writeJson(values.json, {
        ...{ bench: 'revoke', at: new Date().toISOString(), machine, times, results, goals },
      });
    } finally {
      await db.$client.end();
      await dropDatabase(server.url, databaseName);
    }
  } finally {
    await server.stop();
  }
}

interface Result {
  readonly title: string;
  readonly figures: RevokeFigures;
}

/** Of one pass. */
interface Taken {
  readonly ms: number;
  readonly apiMs: number;
  readonly admittedAfter: number;
}

async function measure(db: Db, url: string, times: number): Promise<Result[]> {
  const event = await prepare(db);
  const site = await startSite({ databaseUrl: url, services: ['realtime'] });
  try {
    const gate = await GateClient.open(
      Number(new URL(site.realtimeUrl).port),
      event.desk.deviceToken,
    );
    const results: Result[] = [];
    for (const act of acts) {
      const taken: Taken[] = [];
      for (let no = 0; no < times; no++) taken.push(await takeOne(db, event, gate, act));
      results.push(summed(act, taken));
    }
    await gate.close();
    return results;
  } finally {
    await site.stop();
  }
}

type Prepared = Awaited<ReturnType<typeof prepare>>;

/** An event whose crew is admitted as often as it is read: only what is done to a pass makes a gate refuse it. */
async function prepare(db: Db) {
  const now = new Date();
  await initSite(db, { number: 1, name: 'bench', kind: 'cloud' });
  await ensurePersonalKeys(db, testMasterKey);
  await keepPersonalKeys(() => db, testMasterKey);
  const desk: Desk = await makeDesk(db, { now });
  // Nobody leaves: the hall must not become full.
  await db.update(schema.areas).set({ capacity: null });
  const staff = await makeDeskStaff(db, desk);
  const owner = staff.find(({ role }) => role === 'owner')?.userId;
  const openings = await db.select().from(schema.entitlements);
  const crew = await makeType(db, desk.eventId, {
    ...{ kind: 'credential', policy: { kind: 'unlimited' } },
    opens: openings.filter(({ typeId }) => typeId === desk.typeId),
  });
  const api = createCaller(await testContext(db, testMember('owner', desk.organizationId, owner)));
  return { desk, typeId: crew.id, key: await testSigningKey(db, now), api };
}

async function takeOne(
  db: Db,
  { desk, typeId, key, api }: Prepared,
  gate: GateClient,
  act: Act,
): Promise<Taken> {
  const request = { typeId, holder: { name: 'Crew', email: null }, personKey: null };
  const granted = await grantCredential(db, request, key, new Date());
  if (!granted.ok) throw new Error(granted.code);
  const [ticket] = await findTickets(db, [granted.passId]);
  if (!ticket) throw new Error('a credential has no code');
  const read = async () =>
    verdictOf(await gate.judge(newScan(ticket.token, desk.checkpointId as CheckpointId)));
  if ((await read()) !== 'admitted') throw new Error('a valid pass was refused');

  const askedAt = performance.now();
  await api.pass[act]({
    ...{ eventSlug: desk.eventSlug, passPublicId: ticket.publicId, reason: 'bench' },
  });
  const answeredAt = performance.now();
  let admittedAfter = 0;
  while ((await read()) !== 'revoked') admittedAfter++;
  return { ms: performance.now() - answeredAt, apiMs: answeredAt - askedAt, admittedAfter };
}

function summed(act: Act, taken: readonly Taken[]): Result {
  const ms = sorted(taken.map((one) => one.ms));
  return {
    title: titles[act],
    figures: {
      ...{ median: at(ms, 0.5), p99: at(ms, 0.99), worst: at(ms, 1) },
      apiMedian: at(sorted(taken.map(({ apiMs }) => apiMs)), 0.5),
      admittedAfter: taken.reduce((sum, one) => sum + one.admittedAfter, 0),
    },
  };
}

function sorted(numbers: readonly number[]): number[] {
  return numbers.toSorted((a, b) => a - b);
}

/** The smallest value that so large a part of them does not exceed. */
function at(numbers: readonly number[], part: number): number {
  return numbers[Math.max(0, Math.ceil(part * numbers.length) - 1)] ?? Number.NaN;
}

function report(results: readonly Result[], goals: readonly Goal[]): void {
  const head = ['', 'median ms', 'p99 ms', 'worst ms', 'API ms (median)', 'green after the answer'];
  const rows = results.map(
    ({ title, figures: { median, p99, worst, apiMedian, admittedAfter } }) => [
      title,
      ...[median, p99, worst, apiMedian, admittedAfter].map(number),
    ],
  );
  console.log(table([head, ...rows]));
  for (const { what, goal, reached } of goals) say(`${what}, ${goal}: ${reached ? 'yes' : 'no'}`);
}
