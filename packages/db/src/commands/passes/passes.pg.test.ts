import { mediumNoMax, parseBarcode } from '@catraca/domain';
import { and, asc, eq } from 'drizzle-orm';
import { beforeAll, expect, test } from 'vitest';
import { openDb } from '../../client.ts';
import { initSite } from '../../local-site.ts';
import { searchGrams } from '../../personal/search-grams.ts';
import { media, passes, persons } from '../../schema/index.ts';
import { makeEvent, makeType, type MadeEvent } from '../../seed/index.ts';
import { auditSales } from '../../testing/audit-sales.ts';
import { testDatabase } from '../../testing/index.ts';
import { testSigningKey } from '../../testing/shop.ts';
import type { SigningKey } from '../keys/signing-keys.ts';
import { grantCredential } from './grant-credential.ts';
import { insertBarcodes } from './insert-media.ts';
import { reissuePass } from './reissue-pass.ts';
import { renameHolder } from './rename-holder.ts';
import { revokePass } from './revoke-pass.ts';

const { db, url } = await testDatabase();
const now = new Date('2027-03-01T12:00:00Z');
const later = new Date('2027-03-01T13:00:00Z');
const stranger = 281474976999999n;
let event: MadeEvent;
let key: SigningKey;
let crewType: bigint;

beforeAll(async () => {
  await initSite(db, { number: 1, name: 'test', kind: 'cloud' });
  event = await makeEvent(db, {}, now);
  key = await testSigningKey(db, now);
  crewType = (await makeType(db, event.id, { kind: 'credential', policy: { kind: 'unlimited' } }))
    .id;
});

async function grant(name = 'Zoë Crew'): Promise<bigint> {
  const granted = await grantCredential(
    db,
    { typeId: crewType, holder: { name, email: null }, personKey: null },
    key,
    now,
  );
  if (!granted.ok) throw new Error(granted.code);
  return granted.passId;
}

function mediaOf(passId: bigint) {
  return db.select().from(media).where(eq(media.passId, passId)).orderBy(asc(media.no));
}

test('a credential is granted with a QR code and a barcode number', async () => {
  const [qr, barcode, ...more] = await mediaOf(await grant());
  expect(more).toEqual([]);
  expect(qr).toMatchObject({
    no: 1,
    kind: 'qr',
    state: 'active',
    keyId: key.keyId,
    policyKind: 'unlimited',
  });
  expect(qr?.signature).toHaveLength(64);
  expect(barcode).toMatchObject({ no: 2, kind: 'barcode', state: 'active' });
  expect(parseBarcode(barcode?.code ?? '').ok).toBe(true);
  const ticket = await makeType(db, event.id);
  const holder = { name: 'Ada', email: null };
  expect(
    await grantCredential(db, { typeId: ticket.id, holder, personKey: null }, key, now),
  ).toEqual({
    ok: false,
    code: 'unknown_type',
  });
});

test('T-11 a reissued pass has new codes, and the old ones are dead', async () => {
  const passId = await grant();
  expect(await reissuePass(db, passId, key, later)).toEqual({ ok: true, qrNo: 5, barcodeNo: 6 });
  const rows = await mediaOf(passId);
  expect(rows.map((row) => row.state)).toEqual(['dead', 'dead', 'active', 'active']);
  expect(rows[0]?.diedAt).toEqual(later);
  expect(rows[2]?.signature).not.toEqual(rows[0]?.signature);
  expect(rows[3]?.code).not.toEqual(rows[1]?.code);
  expect(await auditSales(db)).toEqual([]);
});

test('reissued from five desks at once: one living code of each kind', async () => {
  const passId = await grant();
  const crowd = openDb(url, { connections: 5 });
  const results = await Promise.all(
    Array.from({ length: 5 }, () => reissuePass(crowd, passId, key, later)),
  );
  await crowd.$client.end();
  expect(results.every((result) => result.ok)).toBe(true);
  const living = (await mediaOf(passId)).filter((row) => row.state === 'active');
  expect(living.map((row) => row.no)).toEqual([21, 22]);
});

test('the numbers of a pass end at 255', async () => {
  const passId = await grant();
  await db
    .update(media)
    .set({ no: mediumNoMax - 1 })
    .where(and(eq(media.passId, passId), eq(media.no, 2)));
  expect(await reissuePass(db, passId, key, later)).toEqual({ ok: false, code: 'too_many_media' });
});

test('a revoked pass stays revoked and is not reissued', async () => {
  const passId = await grant();
  expect(await revokePass(db, passId, now)).toEqual({ ok: true });
  expect(await revokePass(db, passId, now)).toEqual({ ok: true });
  expect(await reissuePass(db, passId, key, later)).toEqual({ ok: false, code: 'revoked' });
  const [pass] = await db.select().from(passes).where(eq(passes.id, passId));
  expect(pass?.status).toBe('revoked');
  expect(await revokePass(db, stranger, now)).toEqual({ ok: false, code: 'unknown_pass' });
});

test('a holder gets another name, and is found by it', async () => {
  const passId = await grant('Old Name');
  const beside = await grant('Old Name');
  expect(await renameHolder(db, passId, ' Łucja  Ångström ', later)).toEqual({ ok: true });
  const nameOf = async (id: bigint) => {
    const [row] = await db
      .select({ name: persons.name, search: persons.searchIndex })
      .from(passes)
      .innerJoin(persons, eq(persons.id, passes.holderId))
      .where(eq(passes.id, id));
    return row;
  };
  expect(await nameOf(passId)).toEqual({
    name: 'Łucja Ångström',
    search: searchGrams('lucja angstrom'),
  });
  expect(await nameOf(beside)).toMatchObject({ name: 'Old Name' });
  expect(await renameHolder(db, stranger, 'Nobody', later)).toEqual({
    ok: false,
    code: 'unknown_pass',
  });
});

test('a barcode number that was given out before is drawn again', async () => {
  const [, known] = await mediaOf(await grant());
  const [first, second] = [await grant(), await grant()];
  await db.delete(media).where(and(eq(media.kind, 'barcode'), eq(media.passId, first)));
  await db.delete(media).where(and(eq(media.kind, 'barcode'), eq(media.passId, second)));
  const draws = [
    known?.code,
    '1111111111111124',
    known?.code,
    '1111111111111124',
    '2222222222222248',
  ];
  let drawn = 0;
  const wanted = [first, second].map((passId) => ({ passId, no: 2, at: now }));
  await db.transaction((tx) => insertBarcodes(tx, wanted, () => draws[drawn++] ?? ''));
  const codes = [...(await mediaOf(first)), ...(await mediaOf(second))].map((row) => row.code);
  expect(codes).toEqual([null, '2222222222222248', null, '1111111111111124']);
  expect(drawn).toBe(5);
});
