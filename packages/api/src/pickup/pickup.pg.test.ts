import { grantCredential, initSite, schema } from '@catraca/db';
import { makeType } from '@catraca/db/seed';
import { testDatabase } from '@catraca/db/testing';
import { makeDesk, makeDeskStaff } from '@catraca/db/testing/desk';
import { testMasterKey, testSigningKey } from '@catraca/db/testing/shop';
import { eq } from 'drizzle-orm';
import sharp from 'sharp';
import { beforeAll, expect, test } from 'vitest';
import { createCaller } from '../router.ts';
import { testContext, testMember } from '../testing/test-context.ts';

const { db } = await testDatabase();
await initSite(db, { number: 1, name: 'Test', kind: 'cloud' });
const desk = await makeDesk(db);
const staff = await makeDeskStaff(db, desk);
const userId = staff.find(({ role }) => role === 'accreditation')?.userId;
const context = await testContext(db, testMember('accreditation', desk.organizationId, userId));
const caller = createCaller({ ...context, masterKey: testMasterKey });
const eventSlug = desk.eventSlug;
let passPublicId: string;

beforeAll(async () => {
  const type = await makeType(db, desk.eventId, { kind: 'credential' });
  const now = new Date();
  const request = { typeId: type.id, holder: { name: 'Rui Vale', email: null }, personKey: null };
  const granted = await grantCredential(db, request, await testSigningKey(db, now), now);
  if (!granted.ok) throw new Error(granted.code);
  const [pass] = await db.select().from(schema.passes).where(eq(schema.passes.id, granted.passId));
  passPublicId = pass?.publicId ?? '';
});

test('a credential is found, gets a photo, is printed and handed over; a second time is told', async () => {
  const { rows } = await caller.pickup.search({ eventSlug, text: 'vale' });
  expect(rows.map(({ publicId }) => publicId)).toEqual([passPublicId]);
  // The desk is for credentials: whoever bought a ticket is not here.
  expect((await caller.pickup.search({ eventSlug, text: 'Buyer' })).rows).toEqual([]);

  const which = { eventSlug, passPublicId };
  const solid = { width: 600, height: 750, channels: 3 as const, background: '#886655' };
  const picture = new Uint8Array(await sharp({ create: solid }).jpeg().toBuffer());
  expect(await caller.pickup.setPhoto({ ...which, photo: { picture, consent: false } })).toEqual({
    ...{ ok: false, problem: 'no_consent' },
  });
  await caller.pickup.setPhoto({ ...which, photo: { picture, consent: true } });
  const printed = await caller.badge.print({ eventSlug, locale: 'es', what: { passPublicId } });
  expect(printed).toMatchObject({ count: 1, unprintable: [] });
  await caller.pickup.handOver(which);
  expect(await caller.pickup.find(which)).toMatchObject({
    ...{ name: 'Rui Vale', photoId: expect.any(String) as string },
    ...{ printed: { by: 'Açucena Crachá' }, pickedUp: { by: 'Açucena Crachá' } },
  });
  await expect(caller.pickup.handOver(which)).rejects.toThrow('picked_up');
  await caller.pickup.handOver({ ...which, again: true });
});

test('L-2: what the desk did is in the audit log, with who did it and nothing of the holder', async () => {
  const rows = await db.select().from(schema.auditLog).orderBy(schema.auditLog.id);
  expect(rows.map(({ action, after }) => [action, after])).toEqual([
    ['pass.changePhoto', null],
    ['pass.printBadge', null],
    ['pass.handOver', { again: false }],
    ['pass.handOver', { again: true }],
  ]);
  const [pass] = await db
    .select()
    .from(schema.passes)
    .where(eq(schema.passes.publicId, passPublicId));
  for (const row of rows) {
    expect(row).toMatchObject({ actorId: userId, eventId: desk.eventId, subjectKind: 'pass' });
    expect(row.subjectId).toBe(String(pass?.id));
  }
});
