import { sql } from 'drizzle-orm';
import { beforeAll, expect, test } from 'vitest';
import type { Db, Tx } from '../client.ts';
import { openDb } from '../client.ts';
import { journal } from '../schema/index.ts';
import { testDatabase } from '../testing/index.ts';
import { readFacts } from './read-facts.ts';

const { db, url } = await testDatabase();
let events = 0;
let eventId: bigint;

beforeAll(() => db.execute(sql`create table hands (id int primary key, no int not null)`));

function write(tx: Tx | Db, body: unknown) {
  return tx
    .insert(journal)
    .values({ eventId, stream: 'sales', kind: 'test', body, at: new Date() });
}

/** A transaction that is held open until `end` is called. */
function hold(work: (tx: Tx) => Promise<unknown>) {
  let end = () => {};
  const ended = new Promise<void>((resolve) => (end = resolve));
  const done = Promise.withResolvers<true>();
  const over = db.transaction(async (tx) => {
    await work(tx);
    done.resolve(true);
    await ended;
  });
  over.catch(done.reject);
  return {
    written: done.promise,
    commit: async () => {
      end();
      await over;
    },
  };
}

async function read(after = 0, limit = 100): Promise<unknown[]> {
  const { facts } = await readFacts(db, eventId, 'sales', after, { facts: limit, length: 1_000 });
  expect(facts.map(({ no }) => no)).toEqual(facts.map((_, index) => after + index + 1));
  return facts.map(({ body }) => JSON.parse(body));
}

/** What a reader would get who takes what is there in the order of `seq`, and goes on after the last one it saw. */
async function readNaively(after: bigint) {
  return db.execute<{ seq: string; body: unknown }>(sql`
    select seq, body from journal where event_id = ${eventId} and seq > ${after} order by seq`);
}

test('Y-1: a fact that is committed late is not skipped, and what is behind it waits for it', async () => {
  eventId = BigInt(++events);
  const early = hold((tx) => write(tx, 'early'));
  await early.written;
  await write(db, 'late');

  expect(await read()).toEqual([]);
  // The control: by `seq` alone the reader goes past the early one, and never sees it.
  const [seen] = await readNaively(0n);
  expect(seen?.body).toBe('late');
  await early.commit();
  expect(await readNaively(BigInt(seen?.seq ?? 0))).toEqual([]);

  expect(await read()).toEqual(['early', 'late']);
  expect(await read(1)).toEqual(['late']);
});

test('Y-1: a transaction that gives up leaves no gap', async () => {
  eventId = BigInt(++events);
  await write(db, 1);
  await db
    .transaction(async (tx) => {
      await write(tx, 2);
      tx.rollback();
    })
    .catch(() => {});
  await write(db, 3);
  expect(await read()).toEqual([1, 3]);
});

test('Y-1: effects come after their causes, though their transaction began before', async () => {
  eventId = BigInt(++events);
  await db.execute(sql`insert into hands values (1, 0) on conflict (id) do update set no = 0`);
  const gate = Promise.withResolvers<true>();
  const begun = Promise.withResolvers<true>();
  // It has its number before the cause is written, waits for it, and then tells of what it saw.
  const effect = db.transaction(async (tx) => {
    await tx.execute(sql`select pg_current_xact_id()`);
    begun.resolve(true);
    await gate.promise;
    await tx.execute(sql`update hands set no = no + 1 where id = 1`);
    await write(tx, 'effect');
  });
  await begun.promise;
  const cause = hold(async (tx) => {
    await tx.execute(sql`update hands set no = no + 1 where id = 1`);
    await write(tx, 'cause');
  });
  await cause.written;
  gate.resolve(true);
  await cause.commit();
  await effect;
  // The control: the order of transactions is another one.
  const byXid = await db.execute<{ body: unknown }>(sql`
    select body from journal where event_id = ${eventId} order by xmin::text::bigint`);
  expect(byXid.map(({ body }) => body)).toEqual(['effect', 'cause']);
  expect(await read()).toEqual(['cause', 'effect']);
});

test('Y-1: writers and readers at the same time: each reader gets all, once, without a gap and in the order of causes', async () => {
  eventId = BigInt(++events);
  await db.execute(sql`insert into hands values (2, 0) on conflict (id) do update set no = 0`);
  const writers = openDb(url, { connections: 8 });
  let writing = true;
  const turn = async (writer: number) => {
    for (let i = 0; i < 25; i++) {
      await writers.transaction(async (tx) => {
        // Half of them begin to write long before they wait for the hand of the one before.
        if (i % 2 === 0) await write(tx, { writer, i });
        await tx.execute(sql`update hands set no = no + 1 where id = 2`);
        const [hand] = await tx.execute(sql`select no from hands where id = 2`);
        await write(tx, { hand: hand?.['no'] });
      });
    }
  };
  const follow = async () => {
    const seen: unknown[] = [];
    for (;;) {
      const last = !writing;
      const facts = await read(seen.length, 7);
      seen.push(...facts);
      if (last && facts.length === 0) return seen;
    }
  };
  const readers = [follow(), follow()];
  await Promise.all(Array.from({ length: 8 }, (_, writer) => turn(writer)));
  writing = false;
  const [one = [], other] = await Promise.all(readers);
  await writers.$client.end();

  expect(other).toEqual(one);
  expect(one).toHaveLength(8 * 13 + 8 * 25);
  const hands = one.flatMap((fact) => (fact as { hand?: number }).hand ?? []);
  expect(hands).toEqual(Array.from({ length: 200 }, (_, index) => index + 1));
});

test('facts are numbered once and never edited', async () => {
  eventId = BigInt(++events);
  await write(db, 'as it was');
  await read();
  for (const change of [
    sql`update journal set body = '1' where event_id = ${eventId}`,
    sql`update journal set no = 9 where event_id = ${eventId}`,
    sql`delete from journal where event_id = ${eventId}`,
  ]) {
    await expect(db.execute(change)).rejects.toThrow();
  }
});
