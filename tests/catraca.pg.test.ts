import { listPublicKeys, schema } from '@catraca/db';
import { makePasses, makeSmallEvent } from '@catraca/db/gate/testing';
import { testDatabase } from '@catraca/db/testing';
import { makeDeskStaff } from '@catraca/db/testing/desk';
import { testMasterKey } from '@catraca/db/testing/shop';
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, expect, test } from 'vitest';

const { db, url } = await testDatabase();
const event = await makeSmallEvent(db);
const [pass] = await makePasses(db, event, event.types.once, 1);
assert(pass);
const data = mkdtempSync(path.join(tmpdir(), 'catraca-command-'));
afterAll(() => rmSync(data, { recursive: true }));

const root = path.resolve(import.meta.dirname, '..');
const slug = await slugOf(event.eventId);

async function slugOf(eventId: bigint): Promise<string> {
  const [row] = await db.$client<{ slug: string }[]>`
    select slug from events where id = ${String(eventId)}`;
  assert(row);
  return row.slug;
}

/** What `npm run catraca -- …` runs, on the test's database. */
async function catraca(...args: string[]) {
  const child = spawn(process.execPath, ['scripts/catraca.ts', ...args], {
    cwd: root,
    env: {
      ...process.env,
      ...{ DATABASE_URL: url, CATRACA_DATA: data },
      CATRACA_MASTER_KEY: Buffer.from(testMasterKey).toString('hex'),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [printed, complaint] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close'),
  ]);
  return { printed, complaint, code: child.exitCode };
}

test('help names every command; a word that is none is a mistake', async () => {
  const help = await catraca('help');
  expect(help.code).toBe(0);
  for (const name of ['migrate', 'seed', 'device enrol', 'keys rotate', 'pass show']) {
    expect(help.printed).toContain(`  ${name}`);
  }
  expect((await catraca('pass', 'hide')).code).toBe(1);
});

test('migrate leaves a database that is up to date as it is', async () => {
  const keys = await listPublicKeys(db);
  expect(await catraca('migrate')).toMatchObject({ code: 0, printed: /up to date/ });
  expect(await listPublicKeys(db)).toEqual(keys);
});

test('device enrol shows a token that is kept as a hash only, and says what is wrong with a request', async () => {
  const request = ['device', 'enrol', '--event', slug, '--name', 'Reader 7'];
  const { printed, code } = await catraca(...request, '--checkpoint', '1', '--days', '2');
  expect(code).toBe(0);
  const token = /shown this once: (\S+)/.exec(printed)?.[1] ?? '';
  const [device] = await db.select().from(schema.devices);
  expect(device).toMatchObject({ name: 'Reader 7', kind: 'reader' });
  expect(token).toHaveLength(43);
  expect(JSON.stringify(device, (_, value) => String(value))).not.toContain(token);

  for (const [wrong, words] of [
    [['--days', '0'], '--days is a number above 0'],
    [['--checkpoint', '99'], '99'],
    [['--colour', 'red'], '--colour'],
  ] as const) {
    const refused = await catraca(...request, ...wrong);
    expect(refused, words).toMatchObject({ code: 1, printed: '' });
    expect(refused.complaint).toContain(words);
    expect(refused.complaint).toContain('usage: device enrol');
  }
  expect(await db.select().from(schema.devices)).toHaveLength(1);
});

test('K-5 keys rotate-personal: a key is made that all learn of before it seals, one at a time', async () => {
  const { printed, code } = await catraca('keys', 'rotate-personal');
  expect({ printed, code }).toEqual({
    printed: 'Key 259 seals personal data from in half a minute on.\n',
    code: 0,
  });
  expect((await catraca('keys', 'rotate-personal')).complaint).toContain('does not seal yet');
});

test('keys rotate: a new key signs, and the old one stays to verify with', async () => {
  const before = await listPublicKeys(db);
  expect(await catraca('keys', 'rotate')).toMatchObject({ code: 0 });
  const after = await listPublicKeys(db);
  const retired = before.map((key) => ({ ...key, state: 'retired' }));
  expect(after).toEqual(expect.arrayContaining(retired));
  expect(after.filter(({ state }) => state === 'signing')).toHaveLength(1);
});

test('pass show tells of a pass by its QR text or its barcode number, and of none by another', async () => {
  for (const code of [pass.token, pass.barcode]) {
    const { printed } = await catraca('pass', 'show', code);
    expect(printed).toContain(`Pass ${pass.passId}: credential, valid`);
    expect(printed).toContain(`(${slug})`);
    expect(printed).not.toContain('Holder 0');
  }
  const unknown = await catraca('pass', 'show', '0000 0000 0000 0000');
  expect(unknown).toMatchObject({ code: 1, printed: '' });
  expect(unknown.complaint).toContain('No pass of this site has this code.');
});

test('second factors of a member who lost them are taken away, and it is written down', async () => {
  const [one] = await makeDeskStaff(db, {
    organizationId: await organizationOf(event.eventId),
  });
  assert(one);
  const factor = { id: 'f', userId: one.userId, secret: '-', backupCodes: '-' };
  await db.insert(schema.twoFactors).values(factor);
  expect(await catraca('member', 'reset-factors', 'nobody@catraca.example')).toMatchObject({
    code: 1,
  });
  const { printed, code } = await catraca('member', 'reset-factors', one.email);
  expect([code, printed]).toEqual([0, expect.stringContaining('set up new ones')]);
  expect(await db.select().from(schema.twoFactors)).toEqual([]);
  const rows = await db.select().from(schema.auditLog);
  expect(rows.at(-1)).toMatchObject({ action: 'member.resetFactors', actorKind: 'system' });
});

async function organizationOf(eventId: bigint): Promise<string> {
  const [row] = await db.$client<{ organization_id: string }[]>`
    select organization_id from events where id = ${String(eventId)}`;
  assert(row);
  return row.organization_id;
}
