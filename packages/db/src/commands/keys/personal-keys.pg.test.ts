import { sql } from 'drizzle-orm';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { openDb } from '../../client.ts';
import { initSite } from '../../local-site.ts';
import { holdKeysOf } from '../../personal/keep-personal-keys.ts';
import {
  holdPersonalKeys,
  keyNumberOf,
  openPersonal,
  personalKeys,
  sealPersonal,
  UnopenedError,
} from '../../personal/personal-keys.ts';
import { Resealing, sealedTables } from '../../personal/reseal.ts';
import { sealClearPersons } from '../../personal/seal-clear-persons.ts';
import { searchGrams } from '../../personal/search-grams.ts';
import { persons } from '../../schema/index.ts';
import { makeEvent } from '../../seed/index.ts';
import { findPeople } from '../../personal/find-people.ts';
import { testPersonalKeys, writeTestKeys } from '../../testing/personal-keys.ts';
import { testDatabase } from '../../testing/index.ts';
import { testMasterKey } from '../../testing/shop.ts';
import { insertPersons } from '../persons.ts';
import {
  advancePersonalKeys,
  ensurePersonalKeys,
  loadPersonalKeys,
  rotatePersonalKey,
  takePersonalKeys,
} from './personal-keys.ts';

const { db, url } = await testDatabase();
await initSite(db, { number: 1, name: 'Test', kind: 'cloud' });
const { id: eventId } = await makeEvent(db, {}, new Date());
const { db: venue } = await testDatabase();
await initSite(venue, { number: 2, name: 'Hall', kind: 'venue' });

beforeEach(async () => {
  await db.execute(sql`delete from persons`);
  await db.execute(sql`truncate personal_keys`);
  await writeTestKeys(db);
  holdPersonalKeys(testPersonalKeys);
});
afterAll(() => holdPersonalKeys(testPersonalKeys));

/** A key that was made, or followed, so long ago. */
async function age(column: 'created_at' | 'retired_at', seconds: number): Promise<void> {
  await db.execute(sql`
    update personal_keys set ${sql.identifier(column)} = ${sql.identifier(column)} - make_interval(secs => ${seconds})`);
}

async function sealedNames(): Promise<Uint8Array[]> {
  const rows = await db.execute<{ name: Buffer }>(sql`select name from persons order by id`);
  return rows.map(({ name }) => name);
}

test('K-6 the first keys are made once, however many processes start at once', async () => {
  await db.execute(sql`truncate personal_keys`);
  expect(await loadPersonalKeys(db, testMasterKey)).toEqual({ ok: false, code: 'no_key' });
  const crowd = openDb(url, { connections: 5 });
  await Promise.all(Array.from({ length: 5 }, () => ensurePersonalKeys(crowd, testMasterKey)));
  await crowd.$client.end();
  const loaded = await loadPersonalKeys(db, testMasterKey);
  if (!loaded.ok) throw new Error(loaded.code);
  expect([...loaded.keys.data.keys()]).toEqual([loaded.keys.current]);
  const stranger = new Uint8Array(32).fill(9);
  expect(await loadPersonalKeys(db, stranger)).toEqual({ ok: false, code: 'wrong_master_key' });
  const [row] = await db.execute<{ all: string }>(sql`
    select string_agg(encode(key_sealed, 'hex'), ' ') as all from personal_keys`);
  for (const key of [loaded.keys.index, ...loaded.keys.data.values()]) {
    expect(row?.all).not.toContain(Buffer.from(key).toString('hex'));
  }
});

test('K-5 a new key seals only after all have had time to learn of it; what the old one sealed is sealed anew, and then it is gone', async () => {
  await db.transaction((tx) =>
    insertPersons(tx, eventId, [{ name: 'Ada', email: 'ada@example.com' }]),
  );
  expect(await rotatePersonalKey(db, testMasterKey)).toEqual({ ok: true, no: 259 });
  expect(await rotatePersonalKey(db, testMasterKey)).toEqual({ ok: false, code: 'not_yet' });
  expect(await advancePersonalKeys(db)).toBe(false);
  await holdKeysOf(db, testMasterKey);
  expect(personalKeys()).toMatchObject({ current: 257 });
  expect([...personalKeys().data.keys()]).toEqual([257, 259]);

  await age('created_at', 31);
  expect(await advancePersonalKeys(db)).toBe(true);
  // One that has not looked yet still seals with the key before; one that has, with the new one.
  await db.transaction((tx) => insertPersons(tx, eventId, [{ name: 'Bea', email: null }]));
  await holdKeysOf(db, testMasterKey);
  await db.transaction((tx) => insertPersons(tx, eventId, [{ name: 'Cid', email: null }]));
  expect((await sealedNames()).map(keyNumberOf)).toEqual([257, 257, 259]);

  const resealing = new Resealing(db);
  while (await resealing.step());
  expect((await sealedNames()).map(keyNumberOf)).toEqual([259, 259, 259]);
  const people = await db
    .select({ name: persons.name, email: persons.email })
    .from(persons)
    .orderBy(persons.id);
  expect(people).toEqual([
    { name: 'Ada', email: 'ada@example.com' },
    { name: 'Bea', email: null },
    { name: 'Cid', email: null },
  ]);
  // It is kept for an hour, for whoever stood still meanwhile.
  expect(await loadPersonalKeys(db, testMasterKey)).toMatchObject({
    ok: true,
    keys: { current: 259 },
  });
  await age('retired_at', 3_601);
  const anew = await sealedNames();
  const again = new Resealing(db);
  while (await again.step());
  expect(await sealedNames()).toEqual(anew);
  await holdKeysOf(db, testMasterKey);
  expect([...personalKeys().data.keys()]).toEqual([259]);
  expect((await findPeople(db, eventId, 'cid')).people).toMatchObject([{ name: 'Cid' }]);
});

test('K-5 while it is sealed anew, people are written, renamed and read', async () => {
  const names = Array.from({ length: 700 }, (_, n) => ({ name: `Guest ${n}`, email: null }));
  const ids = await db.transaction((tx) => insertPersons(tx, eventId, names));
  await rotatePersonalKey(db, testMasterKey);
  await age('created_at', 31);
  await advancePersonalKeys(db);
  await holdKeysOf(db, testMasterKey);
  const resealing = new Resealing(db);
  const sell = async () => {
    for (let n = 0; n < 40; n++) {
      await db.transaction((tx) =>
        insertPersons(tx, eventId, [{ name: `Late ${n}`, email: null }]),
      );
      const id = ids[n * 17] ?? 0n;
      await db
        .update(persons)
        .set({ name: `Renamed ${n}` })
        .where(sql`${persons.id} = ${id}`);
      expect((await findPeople(db, eventId, `guest ${n * 17 + 1}`)).people.length).toBeGreaterThan(
        0,
      );
    }
  };
  const reseal = async () => {
    while (await resealing.step());
  };
  await Promise.all([sell(), reseal()]);
  expect(new Set((await sealedNames()).map(keyNumberOf))).toEqual(new Set([259]));
  const rows = await db.select({ id: persons.id, name: persons.name }).from(persons);
  const nameOf = new Map(rows.map(({ id, name }) => [id, name]));
  ids.forEach((id, n) => {
    expect(nameOf.get(id)).toBe(n % 17 === 0 && n / 17 < 40 ? `Renamed ${n / 17}` : `Guest ${n}`);
  });
});

test('K-5 every table with sealed columns is sealed anew', () => {
  const found = sealedTables().map(({ name, columns }) => [
    name,
    columns.map((column) => column.name),
  ]);
  expect(Object.fromEntries(found)).toMatchObject({
    persons: ['name', 'email'],
    applications: ['name', 'email', 'document', 'birth_date', 'answers'],
    confirmations: ['answers'],
    delegations: ['contact_name', 'contact_email'],
    mail_outbox: ['secret'],
    photos: ['picture'],
  });
});

test('K-4 a damaged name is an error for whoever reads it, and for nobody else', async () => {
  const [first = 0n, second = 0n] = await db.transaction((tx) =>
    insertPersons(tx, eventId, [
      { name: 'Whole', email: null },
      { name: 'Damaged', email: null },
    ]),
  );
  await db.execute(sql`
    update persons set name = set_byte(name, length(name) - 1, get_byte(name, length(name) - 1) # 1) where id = ${second}`);
  const read = (id: bigint) =>
    db
      .select()
      .from(persons)
      .where(sql`${persons.id} = ${id}`);
  expect(await read(first)).toMatchObject([{ name: 'Whole' }]);
  await expect(read(second)).rejects.toThrow(UnopenedError);
  await db.execute(sql`delete from persons where id in (${first}, ${second})`);
});

test('K-7 a venue makes no keys: its first are its cloud’s, and a later one seals only after all had time to learn of it', async () => {
  await venue.execute(sql`truncate personal_keys`);
  await ensurePersonalKeys(venue, testMasterKey);
  expect(await loadPersonalKeys(venue, testMasterKey)).toEqual({ ok: false, code: 'no_key' });
  expect(await rotatePersonalKey(venue, testMasterKey)).toEqual({
    ok: false,
    code: 'at_the_cloud',
  });
  const key = (no: number, kind: 'data' | 'index', state: 'current' | 'old') => {
    return { no, kind, state, key: new Uint8Array(32).fill(no) };
  };
  const first = [key(256, 'index', 'current'), key(257, 'data', 'current')];
  expect(await takePersonalKeys(venue, testMasterKey, first)).toBe(false);
  const later = [
    key(256, 'index', 'current'),
    key(257, 'data', 'old'),
    key(259, 'data', 'current'),
  ];
  expect(await takePersonalKeys(venue, testMasterKey, later)).toBe(true);
  expect(await takePersonalKeys(venue, testMasterKey, later)).toBe(false);
  const loaded = await loadPersonalKeys(venue, testMasterKey);
  if (!loaded.ok) throw new Error(loaded.code);
  expect(loaded.keys.current).toBe(257);
  expect([...loaded.keys.data.keys()]).toEqual([257, 259]);
});

test('K-8 people whom an earlier version wrote in clear are sealed once, and found', async () => {
  await db.execute(sql`
    insert into persons (event_id, name, search_index, name_clear, email_clear)
    select ${eventId}::bigint, '\\x0000', '{}', 'Before ' || n, 'before' || n || '@example.com' from generate_series(1, 2500) n`);
  await sealClearPersons(db);
  const [row] = await db.execute(sql`
    select count(*)::int as n from persons where name_clear is not null or email_clear is not null or name = '\\x0000'`);
  expect(row).toEqual({ n: 0 });
  expect((await findPeople(db, eventId, 'BEFORE before2500')).people).toMatchObject([
    { name: 'Before 2500', email: 'before2500@example.com' },
  ]);
  const [sealed] = await db
    .select()
    .from(persons)
    .where(sql`${persons.searchIndex} @> ${`{${searchGrams('before1@')[0]}}`}::int[]`)
    .limit(1);
  expect(openPersonal(sealPersonal(Buffer.from(sealed?.name ?? '')))).toBeTruthy();
});
