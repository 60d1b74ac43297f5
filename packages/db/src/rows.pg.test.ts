import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { sendAll } from './rows.ts';
import { testDatabase } from './testing/index.ts';

const { db } = await testDatabase();
await db.execute(sql`create table notes (no int primary key, seen int)`);

const note = (no: number) =>
  sql`insert into notes select ${no}, count(*) from notes returning seen`;

test('statements sent together run in their order, each on what the ones before wrote', async () => {
  const answers = await db.transaction((tx) => sendAll(tx, [note(1), note(2), note(3)]));
  expect(answers).toEqual([[{ seen: 0 }], [{ seen: 1 }], [{ seen: 2 }]]);
});

test('the first that fails fails all, and the connection serves the next', async () => {
  const failing = db.transaction((tx) => sendAll(tx, [note(7), note(7), note(8)]));
  await expect(failing).rejects.toMatchObject({ code: '23505' });
  expect(await db.execute(sql`select no from notes where no > 6`)).toHaveLength(0);
});
