import postgres from 'postgres';
import { expect, test } from 'vitest';
import type { Db } from '../client.ts';
import { batched, requestsPerBatchMax, requestsWaitingMax } from './batched.ts';

const pool = () => ({}) as Db;

/** A command that answers each number with itself once it is let go, and keeps the batches it was given. */
function echo(keyOf?: (request: number) => string) {
  const batches: number[][] = [];
  const { promise: gate, resolve: letGo } = Promise.withResolvers<undefined>();
  const offer = batched<number, number>(async (_db, requests) => {
    batches.push([...requests]);
    await gate;
    return [...requests];
  }, keyOf);
  return { batches, offer, letGo: () => letGo(undefined) };
}

const numbers = (count: number) => Array.from({ length: count }, (_, index) => index);

test('the first is served at once, and all who come meanwhile are the next batch', async () => {
  const { batches, offer, letGo } = echo();
  const db = pool();
  const answers = numbers(4).map((one) => offer(db, one));
  expect(batches).toEqual([[0]]);
  letGo();
  expect(await Promise.all(answers)).toEqual([0, 1, 2, 3]);
  expect(batches).toEqual([[0], [1, 2, 3]]);
});

test('a batch has a limit, and so has the queue: one more is told that it is busy', async () => {
  const { batches, offer, letGo } = echo();
  const db = pool();
  const answers = numbers(1 + requestsWaitingMax).map((one) => offer(db, one));
  expect(await offer(db, -1)).toEqual({ ok: false, code: 'busy' });
  letGo();
  await Promise.all(answers);
  expect(Math.max(...batches.map((batch) => batch.length))).toBe(requestsPerBatchMax);
  expect(batches.flat()).toEqual(numbers(1 + requestsWaitingMax));
});

test('two of the same key never share a batch, and keep their order', async () => {
  const { batches, offer, letGo } = echo((one) => String(one % 2));
  const db = pool();
  const answers = [0, 1, 2, 3, 4].map((one) => offer(db, one));
  letGo();
  await Promise.all(answers);
  expect(batches).toEqual([[0], [1, 2], [3, 4]]);
});

test('one request that the database cannot take does not spoil the others', async () => {
  const outOfRange = new postgres.PostgresError('out of range');
  outOfRange.code = '22003';
  const db = pool();
  const offer = batched<number, number>((_db, requests) =>
    requests.includes(3) ? Promise.reject(outOfRange) : Promise.resolve([...requests]),
  );
  const answers = await Promise.allSettled(numbers(5).map((one) => offer(db, one)));
  expect(answers.map(({ status }) => status)).toEqual([
    ...['fulfilled', 'fulfilled', 'fulfilled', 'rejected', 'fulfilled'],
  ]);
});

test('a lock that is not given in time is busy, and another failure is a failure for all', async () => {
  const late = new postgres.PostgresError('lock timeout');
  late.code = '55P03';
  const locked = batched<number, number>(() => Promise.reject(late));
  expect(await locked(pool(), 1)).toEqual({ ok: false, code: 'busy' });
  const gone = batched<number, number>(() => Promise.reject(new Error('connection lost')));
  await expect(gone(pool(), 1)).rejects.toThrow('connection lost');
});
