import { parseCode, type TokenCode } from '@catraca/domain';
import { publicKeyOf, verifyToken } from '@catraca/domain/token/node';
import { and, eq } from 'drizzle-orm';
import { beforeAll, expect, test } from 'vitest';
import { openDb } from '../../client.ts';
import { initSite } from '../../local-site.ts';
import { media, signingKeys } from '../../schema/index.ts';
import { makeEvent, makeType } from '../../seed/index.ts';
import { testDatabase } from '../../testing/index.ts';
import { testMasterKey } from '../../testing/shop.ts';
import { grantCredential } from '../passes/grant-credential.ts';
import { claimsOfMedium } from '../passes/sign-medium.ts';
import {
  ensureSigningKey,
  listPublicKeys,
  loadSigningKey,
  rotateSigningKey,
} from './signing-keys.ts';

const { db, url } = await testDatabase();
const now = new Date('2027-03-01T12:00:00Z');
const site = 3;

beforeAll(() => initSite(db, { number: site, name: 'test', kind: 'venue' }));

test('before a key was made there is none', async () => {
  expect(await loadSigningKey(db, testMasterKey)).toEqual({ ok: false, code: 'no_key' });
});

test('the first key is made once, however many processes start at once', async () => {
  const crowd = openDb(url, { connections: 5 });
  const ids = await Promise.all(
    Array.from({ length: 5 }, () => ensureSigningKey(crowd, testMasterKey, now)),
  );
  await crowd.$client.end();
  expect(new Set(ids)).toEqual(new Set([(site << 8) | 1]));
  expect(await listPublicKeys(db)).toHaveLength(1);
});

test('the sealed key opens under no other master key, and is nowhere in clear', async () => {
  const stranger = new Uint8Array(32).fill(9);
  expect(await loadSigningKey(db, stranger)).toEqual({ ok: false, code: 'wrong_master_key' });
  const loaded = await loadSigningKey(db, testMasterKey);
  if (!loaded.ok) throw new Error(loaded.code);
  const seed = Buffer.from(loaded.key.privateKey.export({ format: 'jwk' }).d ?? '', 'base64url');
  const [row] = await db.select().from(signingKeys);
  expect(seed).toHaveLength(32);
  expect(Buffer.from(row?.privateKeySealed ?? []).includes(seed)).toBe(false);
});

test('a sealed key put in the place of another does not open', async () => {
  const [row] = await db.select().from(signingKeys);
  await db.insert(signingKeys).values({
    keyId: (9 << 8) | 1,
    state: 'signing',
    ...{
      publicKey: row?.publicKey ?? new Uint8Array(),
      privateKeySealed: row?.privateKeySealed ?? null,
    },
  });
  await db
    .update(signingKeys)
    .set({ state: 'retired' })
    .where(eq(signingKeys.keyId, (site << 8) | 1));
  await db
    .update(signingKeys)
    .set({ keyId: (site << 8) | 2 })
    .where(eq(signingKeys.keyId, (9 << 8) | 1));
  expect(await loadSigningKey(db, testMasterKey)).toEqual({ ok: false, code: 'wrong_master_key' });
  await db.delete(signingKeys).where(eq(signingKeys.keyId, (site << 8) | 2));
  await db
    .update(signingKeys)
    .set({ state: 'signing' })
    .where(eq(signingKeys.keyId, (site << 8) | 1));
});

test('T-6 a rotation invalidates nothing that was issued', async () => {
  const event = await makeEvent(db, {}, now);
  const type = await makeType(db, event.id, { kind: 'credential' });
  const grant = async (): Promise<TokenCode> => {
    const loaded = await loadSigningKey(db, testMasterKey);
    if (!loaded.ok) throw new Error(loaded.code);
    const holder = { name: 'Ada', email: null };
    const granted = await grantCredential(
      db,
      { typeId: type.id, holder, personKey: null },
      loaded.key,
      now,
    );
    if (!granted.ok) throw new Error(granted.code);
    const [medium] = await db
      .select()
      .from(media)
      .where(and(eq(media.passId, granted.passId), eq(media.kind, 'qr')));
    if (!medium) throw new Error('no medium');
    const code = parseCode(claimsOfMedium({ eventId: event.id, typeNo: type.no }, medium).token);
    if (code.kind !== 'token') throw new Error(code.kind);
    return code;
  };
  const before = await grant();
  const rotated = await rotateSigningKey(db, testMasterKey, now);
  const after = await grant();
  expect([before.claims.keyId, after.claims.keyId]).toEqual([(site << 8) | 1, rotated]);
  const keys = await listPublicKeys(db);
  expect(keys.map((key) => key.state)).toEqual(['retired', 'signing']);
  const keyOf = (keyId: number) => {
    const found = keys.find((key) => key.keyId === keyId);
    return found && publicKeyOf(found.publicKey);
  };
  expect(verifyToken(before, keyOf)).toBe('valid');
  expect(verifyToken(after, keyOf)).toBe('valid');
  expect(verifyToken(after, (keyId) => keyOf(keyId === rotated ? rotated - 1 : rotated))).toBe(
    'bad_signature',
  );
});

test('rotations at the same time follow one another: one key signs', async () => {
  const crowd = openDb(url, { connections: 4 });
  const ids = await Promise.all(
    Array.from({ length: 4 }, () => rotateSigningKey(crowd, testMasterKey, now)),
  );
  await crowd.$client.end();
  expect(new Set(ids).size).toBe(4);
  expect((await listPublicKeys(db)).filter((key) => key.state === 'signing')).toHaveLength(1);
});
