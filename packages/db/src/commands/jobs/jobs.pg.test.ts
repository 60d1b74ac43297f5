import { asc, eq, sql } from 'drizzle-orm';
import { beforeAll, expect, test } from 'vitest';
import { openDb, type Db } from '../../client.ts';
import { initSite } from '../../local-site.ts';
import { holdPersonalKeys } from '../../personal/personal-keys.ts';
import { findJob, listJobs } from '../../queries/list-jobs.ts';
import { jobs, webhookReceipts } from '../../schema/index.ts';
import { makeEvent } from '../../seed/index.ts';
import { testDatabase } from '../../testing/index.ts';
import { failJob, resumeJob, stopJob } from './end-job.ts';
import { startJob, type JobRequest } from './start-job.ts';
import { listDueJobs, stepJob, type JobStep } from './step-job.ts';

const { db, url } = await testDatabase();
const now = new Date('2027-03-01T12:00:00Z');
const perStep = 3n;
let eventId: bigint;

beforeAll(async () => {
  holdPersonalKeys({
    current: 257,
    data: new Map([[257, new Uint8Array(32).fill(7)]]),
    index: new Uint8Array(32).fill(8),
  });
  await initSite(db, { number: 1, name: 'test', kind: 'cloud' });
  eventId = (await makeEvent(db, {}, now)).id;
});

async function start(request: Partial<JobRequest> = {}): Promise<bigint> {
  const started = await db.transaction((tx) =>
    startJob(tx, { eventId, kind: 'print_badges', total: 10, userId: null, ...request }, now),
  );
  if (!started.ok) throw new Error(started.code);
  return started.jobId;
}

/** Counts from the cursor to ten, and leaves a mark for each number, which can be left once. The seventh cannot be done. */
const counting =
  (name: string, before: (cursor: bigint) => Promise<void> = () => Promise.resolve()): JobStep =>
  async (tx, job) => {
    const last = job.cursor + perStep > 10n ? 10n : job.cursor + perStep;
    const numbers = Array.from(
      { length: Number(last - job.cursor) },
      (_, no) => Number(job.cursor) + no + 1,
    );
    for (const no of numbers)
      await tx.insert(webhookReceipts).values({ provider: name, eventRef: String(no) });
    await before(job.cursor);
    const problems = numbers.flatMap((no) => (no === 7 ? [{ id: '7', code: 'seventh' }] : []));
    return { cursor: last, done: numbers.length - problems.length, problems, isLast: last === 10n };
  };

async function marks(name: string): Promise<string[]> {
  const rows = await db
    .select({ ref: webhookReceipts.eventRef })
    .from(webhookReceipts)
    .where(eq(webhookReceipts.provider, name))
    .orderBy(asc(sql`${webhookReceipts.eventRef}::int`));
  return rows.map(({ ref }) => ref);
}

async function runToEnd(on: Db, jobId: bigint, step: JobStep): Promise<void> {
  while ((await stepJob(on, jobId, { print_badges: step }, now)) === 'more');
}

const oneToTen = Array.from({ length: 10 }, (_, no) => String(no + 1));

test('J-1 a worker killed in a step has done nothing of it, and the next one goes on where the last step ended', async () => {
  const jobId = await start({ payload: ['Zoë'] });
  const killed = openDb(url, { connections: 1, name: 'killed-worker' });
  const dying = counting('killed', async (cursor) => {
    if (cursor < perStep) return;
    await db.execute(
      sql`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'killed-worker' and datname = current_database()`,
    );
  });
  expect(await stepJob(killed, jobId, { print_badges: dying }, now)).toBe('more');
  await expect(stepJob(killed, jobId, { print_badges: dying }, now)).rejects.toThrow();
  await killed.$client.end({ timeout: 1 });
  expect(await marks('killed')).toEqual(['1', '2', '3']);
  expect(await findJob(db, eventId, jobId)).toMatchObject({ state: 'running', done: 3, total: 10 });

  await runToEnd(db, jobId, counting('killed'));
  expect(await marks('killed')).toEqual(oneToTen);
  expect(await findJob(db, eventId, jobId)).toMatchObject({
    ...{ state: 'done', done: 9, failed: 1, total: 10 },
    ...{ problems: [{ id: '7', code: 'seventh' }], finishedAt: now },
  });
  const [row] = await db.select().from(jobs).where(eq(jobs.id, jobId));
  expect(row?.payload).toBeNull();
});

test('J-2 two workers never take the same step', async () => {
  const jobId = await start();
  let arrived = 0;
  let release: () => void = () => {};
  const released = new Promise<void>((resolve) => (release = resolve));
  const slow = counting('twice', async () => {
    arrived += 1;
    await released;
  });
  const first = stepJob(db, jobId, { print_badges: slow }, now);
  await expect.poll(() => arrived).toBe(1);
  expect(await stepJob(db, jobId, { print_badges: slow }, now)).toBe('over');
  release();
  expect(await first).toBe('more');
  expect(await marks('twice')).toEqual(['1', '2', '3']);
});

test('J-3 a job that was stopped does no more, and goes on where it was when it is resumed', async () => {
  const jobId = await start();
  const step = counting('stopped');
  await stepJob(db, jobId, { print_badges: step }, now);
  expect(await db.transaction((tx) => stopJob(tx, jobId, now))).toBe(true);
  expect(await listDueJobs(db, ['print_badges'])).not.toContain(jobId);
  expect(await stepJob(db, jobId, { print_badges: step }, now)).toBe('over');
  expect(await marks('stopped')).toEqual(['1', '2', '3']);
  expect(await db.transaction((tx) => resumeJob(tx, jobId))).toBe(true);
  await runToEnd(db, jobId, step);
  expect(await marks('stopped')).toEqual(oneToTen);
  expect(await db.transaction((tx) => stopJob(tx, jobId, now))).toBe(false);
});

test('J-4 an event has one job of a kind that must be alone', async () => {
  const request = { eventId, kind: 'refund_event', total: 5, userId: null } as const;
  const asked = await Promise.all(
    [1, 2, 3].map(() => db.transaction((tx) => startJob(tx, request, now))),
  );
  expect(asked.filter(({ ok }) => ok)).toHaveLength(1);
  const jobId = asked.find(({ ok }) => ok)?.jobId ?? 0n;
  expect(asked.filter(({ ok }) => !ok)).toEqual([
    { ok: false, code: 'job_running', jobId },
    { ok: false, code: 'job_running', jobId },
  ]);
  await failJob(db, jobId, 'step_failed', now);
  expect((await listJobs(db, eventId, ['refund_event']))[0]).toMatchObject({
    state: 'failed',
    problems: [{ id: '0', code: 'step_failed' }],
  });
});
