import { randomBytes } from 'node:crypto';
import { sql } from 'drizzle-orm';
import type { Db, DbOrTx, Tx } from '../../client.ts';
import { getLocalSite } from '../../local-site.ts';
import type { PersonalKeys } from '../../personal/personal-keys.ts';
import { personalKeys } from '../../schema/index.ts';
import { transact } from '../transact.ts';
import { seal, unseal } from './seal.ts';

/*
 * How a key of personal data comes and goes, while processes of web, gate and worker write and read (keep-personal-keys.ts):
 *
 *  1. `next`: it is made, and seals nothing. Every process looks for keys every `lookEveryMs`, so after `announceMs` all hold it.
 *  2. `current`: from then on it seals. Whoever reads what it sealed holds it since 1. The key before it is `old`: a process that has not
 *     looked yet still seals with it, which all others can open.
 *  3. What the old key sealed is sealed anew by the current one, batch by batch (reseal.ts).
 *  4. Gone: `deleteAfterMs` after 2, when a whole look through the database found nothing under it. A process that stood still for longer
 *     than `sealWithinMs` seals nothing before it has looked again.
 *
 * Nobody has to hear anything for this: a notification may be lost, and a process that is away misses it. The clock is the database's.
 */

/** Who holds a key in memory looks so often (ms) which there are. */
export const lookEveryMs = 5_000;

/** A key is held by all (ms) before it seals: six looks. */
const announceMs = 30_000;

/** An old key opens for so long (ms) after it was followed: six times what somebody seals without looking. */
const deleteAfterMs = 60 * 60_000;

/** Numbers below are of no site: 0 is what a name has that was never sealed. */
const keysPerSiteMax = 255;

export type PersonalKeyState = (typeof personalKeys.$inferSelect)['state'];

/** A key in clear: for the process, and for a venue. Not for logs. */
export interface PersonalKey {
  no: number;
  kind: 'data' | 'index';
  state: PersonalKeyState;
  /** 32 bytes. */
  key: Uint8Array;
}

export type LoadPersonalKeysResult =
  | { ok: true; keys: PersonalKeys }
  /** No key was made yet, or the master key is not the one they were sealed with. */
  | { ok: false; code: 'no_key' | 'wrong_master_key' };

/** Opens the keys of personal data. `masterKey`: 32 bytes. */
export async function loadPersonalKeys(
  db: DbOrTx,
  masterKey: Uint8Array,
): Promise<LoadPersonalKeysResult> {
  const opened = await openPersonalKeys(db, masterKey);
  if (opened === undefined) return { ok: false, code: 'wrong_master_key' };
  const ofData = opened.filter(({ kind }) => kind === 'data');
  const current = ofData.find(({ state }) => state === 'current');
  const index = opened.find(({ kind, state }) => kind === 'index' && state === 'current');
  if (!current || !index) return { ok: false, code: 'no_key' };
  const data = new Map(ofData.map(({ no, key }) => [no, key]));
  return { ok: true, keys: { current: current.no, data, index: index.key } };
}

/** All keys, opened; undefined under another master key. */
export async function openPersonalKeys(
  db: DbOrTx,
  masterKey: Uint8Array,
): Promise<PersonalKey[] | undefined> {
  const rows = await db.select().from(personalKeys).orderBy(personalKeys.no);
  const opened: PersonalKey[] = [];
  for (const { no, kind, state, keySealed } of rows) {
    const key = unseal(masterKey, sealLabel(no), keySealed);
    if (key === undefined) return undefined;
    opened.push({ no, kind, state, key });
  }
  return opened;
}

/**
 * Makes a cloud's first keys unless it has some. A venue makes none: its cloud's come with the pairing, before any person does, so that what
 * one site sealed, the other opens and finds.
 */
export async function ensurePersonalKeys(db: Db, masterKey: Uint8Array): Promise<void> {
  await transact(db, async (tx) => {
    const { number, kind } = await lockKeys(tx);
    if (kind === 'venue') return;
    const kinds = await tx.select({ kind: personalKeys.kind }).from(personalKeys);
    for (const wanted of ['data', 'index'] as const) {
      if (kinds.some((row) => row.kind === wanted)) continue;
      await createKey(tx, number, masterKey, { kind: wanted, state: 'current' });
    }
  });
}

export type RotatePersonalKeyResult =
  | { ok: true; no: number }
  /** `at_the_cloud`: a venue has its cloud's keys. `not_yet`: the key made last does not seal yet. */
  | { ok: false; code: 'at_the_cloud' | 'not_yet' };

/** Makes the key that seals after the next half minute. The worker does the rest: `advancePersonalKeys` and `resealSome`. */
export async function rotatePersonalKey(
  db: Db,
  masterKey: Uint8Array,
): Promise<RotatePersonalKeyResult> {
  return transact<RotatePersonalKeyResult>(db, async (tx) => {
    const { number, kind } = await lockKeys(tx);
    if (kind === 'venue') return { ok: false, code: 'at_the_cloud' };
    const rows = await tx.select({ state: personalKeys.state }).from(personalKeys);
    if (rows.some(({ state }) => state === 'next')) return { ok: false, code: 'not_yet' };
    return {
      ok: true,
      no: await createKey(tx, number, masterKey, { kind: 'data', state: 'next' }),
    };
  });
}

/** A key that all hold by now seals from now on. @returns whether one does. */
export async function advancePersonalKeys(db: Db): Promise<boolean> {
  return transact<boolean>(db, async (tx) => {
    const ready = sql`select no from personal_keys where state = 'next' and kind = 'data'
      and created_at < now() - make_interval(secs => ${announceMs / 1000}) order by no desc limit 1`;
    // Nearly always there is none, and nothing is locked.
    if ((await tx.execute(ready)).length === 0) return false;
    await lockKeys(tx);
    const [next] = await tx.execute<{ no: number }>(ready);
    if (!next) return false;
    // Several may have come to a venue at once: those before the last never seal.
    await tx.execute(sql`
      update personal_keys set state = 'old', retired_at = now()
      where kind = 'data' and (state = 'current' or (state = 'next' and no < ${next.no}))`);
    await tx.execute(sql`update personal_keys set state = 'current' where no = ${next.no}`);
    return true;
  });
}

/** The old keys that nothing should be under any more, once a look through the database that began now finds nothing. */
export async function listKeysToDelete(db: Db): Promise<number[]> {
  // What a site of the other side sealed may still be on its way: while one is paired, its keys are kept.
  const rows = await db.execute<{ no: number }>(sql`
    select no from personal_keys where state = 'old' and kind = 'data'
      and retired_at < now() - make_interval(secs => ${deleteAfterMs / 1000})
      and not exists (select from site_links where state = 'active') order by no`);
  return rows.map(({ no }) => no);
}

export async function deletePersonalKeys(db: Db, numbers: readonly number[]): Promise<void> {
  await db.execute(sql`
    delete from personal_keys where state = 'old' and kind = 'data' and no = any(${`{${numbers.join(',')}}`}::int[])`);
}

/**
 * At a venue: the keys of its cloud. One that is new here is held by all before it seals, as at the cloud, whatever the cloud seals with
 * meanwhile. @returns whether one is new while others were there: what it sealed is better taken later.
 */
export async function takePersonalKeys(
  db: Db,
  masterKey: Uint8Array,
  keys: readonly PersonalKey[],
): Promise<boolean> {
  return transact<boolean>(db, async (tx) => {
    await lockKeys(tx);
    const rows = await tx
      .select({ no: personalKeys.no, kind: personalKeys.kind })
      .from(personalKeys);
    const known = new Set(rows.map(({ no }) => no));
    const hasIndex = rows.some(({ kind }) => kind === 'index');
    const unknown = keys.filter(({ no, kind }) => (kind === 'index' ? !hasIndex : !known.has(no)));
    for (const { no, kind, state, key } of unknown) {
      await tx.insert(personalKeys).values({
        ...{ no, kind, keySealed: seal(masterKey, sealLabel(no), key) },
        state: known.size === 0 || state === 'old' ? state : 'next',
      });
    }
    return known.size > 0 && unknown.length > 0;
  });
}

/** A key is made a few times a year: one at a time. */
async function lockKeys(tx: Tx) {
  await tx.execute(sql`lock table ${personalKeys} in share row exclusive mode`);
  return getLocalSite(tx);
}

async function createKey(
  tx: Tx,
  site: number,
  masterKey: Uint8Array,
  as: { kind: 'data' | 'index'; state: PersonalKeyState },
): Promise<number> {
  const [last] = await tx
    .select({ counter: sql<number>`coalesce(max(${personalKeys.no} & 255), 0)` })
    .from(personalKeys);
  const counter = (last?.counter ?? 0) + 1;
  if (counter > keysPerSiteMax)
    throw new Error(`Site ${site} has used all of its 255 key numbers.`);
  const no = (site << 8) | counter;
  const keySealed = seal(masterKey, sealLabel(no), randomBytes(32));
  await tx.insert(personalKeys).values({ no, keySealed, ...as });
  return no;
}

function sealLabel(no: number): string {
  return `personal-key:${no}`;
}
