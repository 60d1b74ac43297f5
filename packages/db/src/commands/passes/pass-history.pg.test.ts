import { eq, sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { initSite } from '../../local-site.ts';
import { findOwnPass } from '../../queries/find-own-pass.ts';
import { readPassHistory } from '../../queries/read-pass-history.ts';
import { passChanges } from '../../schema/index.ts';
import { makeDesk, makeDeskStaff } from '../../testing/desk.ts';
import { testDatabase } from '../../testing/index.ts';
import { testSigningKey } from '../../testing/shop.ts';
import { reissuePass } from './reissue-pass.ts';
import { renameHolder } from './rename-holder.ts';
import { revokePass } from './revoke-pass.ts';

const { db } = await testDatabase();
await initSite(db, { number: 1, name: 'Test', kind: 'cloud' });
const now = new Date();
const desk = await makeDesk(db, { now });
const [owner] = await makeDeskStaff(db, desk);
const key = await testSigningKey(db, now);
const act = (reason: string) => ({ userId: owner?.userId ?? null, reason });

async function changes() {
  const pass = { id: desk.passId, eventId: desk.eventId };
  const history = await readPassHistory(db, pass, null);
  return history.changes.map(({ kind, reason, memberName }) => ({ kind, reason, memberName }));
}

test('what was done to a pass is kept with its reason and who did it, the latest first', async () => {
  await renameHolder(db, desk.passId, 'Bia Braga', now);
  expect(await reissuePass(db, desk.passId, key, now, act('lost phone'))).toMatchObject({
    ok: true,
  });
  expect(await revokePass(db, desk.passId, now, act('stolen card'))).toEqual({ ok: true });
  const memberName = expect.any(String);
  expect(await changes()).toEqual([
    { kind: 'revoked', reason: 'stolen card', memberName },
    { kind: 'reissued', reason: 'lost phone', memberName },
    { kind: 'renamed', reason: null, memberName: null },
  ]);
  const found = await findOwnPass(db, desk.eventId, desk.passPublicId);
  expect(found).toMatchObject({ holderName: 'Bia Braga', pass: { status: 'revoked' } });
  expect(found?.media.map(({ no, state }) => ({ no, state }))).toEqual([
    { no: 1, state: 'dead' },
    { no: 2, state: 'dead' },
    { no: 5, state: 'active' },
    { no: 6, state: 'active' },
  ]);
});

test('what changed nothing is not kept', async () => {
  const before = await changes();
  expect(await revokePass(db, desk.passId, now, act('again'))).toEqual({ ok: true });
  expect(await reissuePass(db, desk.passId, key, now, act('again'))).toMatchObject({ ok: false });
  expect(await changes()).toEqual(before);
});

test('nobody edits or removes what is kept', async () => {
  const refused = { cause: { code: '23001' } };
  await expect(db.update(passChanges).set({ reason: 'another' })).rejects.toMatchObject(refused);
  await expect(db.delete(passChanges).where(eq(passChanges.kind, 'revoked'))).rejects.toMatchObject(
    refused,
  );
  await expect(db.execute(sql`truncate ${passChanges}`)).rejects.toMatchObject(refused);
});
