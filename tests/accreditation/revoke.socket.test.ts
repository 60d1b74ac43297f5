/** A pass that is revoked or reissued, at a gate that stays connected: a real realtime process beside the API. */
import { createCaller } from '@catraca/api';
import { testContext, testMember } from '@catraca/api/testing/test-context';
import { findTickets, grantCredential, initSite, schema } from '@catraca/db';
import { makeType } from '@catraca/db/seed';
import { testDatabase } from '@catraca/db/testing';
import { makeDesk, makeDeskStaff } from '@catraca/db/testing/desk';
import { testSigningKey } from '@catraca/db/testing/shop';
import type { CheckpointId } from '@catraca/domain';
import { afterAll, expect, test } from 'vitest';
import { GateClient, newScan, verdictOf } from '../../apps/realtime/src/testing/gate-client.ts';
import { startSite } from '../support/site.ts';

const { db, url } = await testDatabase();
await initSite(db, { number: 1, name: 'Test', kind: 'cloud' });
const desk = await makeDesk(db);
const staff = await makeDeskStaff(db, desk);
const site = await startSite({ databaseUrl: url, services: ['realtime'] });
afterAll(() => site.stop());
const owner = staff.find(({ role }) => role === 'owner')?.userId;
const api = createCaller(await testContext(db, testMember('owner', desk.organizationId, owner)));
// It admits as often as it is read, so that only what is done to the pass makes a gate refuse it.
const crew = await makeType(db, desk.eventId, {
  ...{ kind: 'credential', policy: { kind: 'unlimited' } },
  opens: await opensOf(desk.typeId),
});
const gate = await GateClient.open(Number(new URL(site.realtimeUrl).port), desk.deviceToken);
afterAll(() => gate.close());

async function opensOf(typeId: bigint) {
  const all = await db.select().from(schema.entitlements);
  return all.filter((opening) => opening.typeId === typeId);
}

interface Accredited {
  passId: bigint;
  passPublicId: string;
}

async function accredit(name: string): Promise<Accredited> {
  const now = new Date();
  const request = { typeId: crew.id, holder: { name, email: null }, personKey: null };
  const granted = await grantCredential(db, request, await testSigningKey(db, now), now);
  if (!granted.ok) throw new Error(granted.code);
  const { rows } = await api.pass.search({ eventSlug: desk.eventSlug, text: name });
  return { passId: granted.passId, passPublicId: rows[0]?.publicId ?? '' };
}

/** What its badge shows now. */
async function codeOf({ passId }: Accredited): Promise<string> {
  const [ticket] = await findTickets(db, [passId]);
  return ticket?.token ?? '';
}

const verdictFor = async (code: string) =>
  verdictOf(await gate.judge(newScan(code, desk.checkpointId as CheckpointId)));

test('a pass that is revoked through the API is refused at a gate that is connected, and stays so', async () => {
  const pass = await accredit('Rui Revoked');
  const { passPublicId } = pass;
  const code = await codeOf(pass);
  expect([await verdictFor(code), await verdictFor(code)]).toEqual(['admitted', 'admitted']);
  await api.pass.revoke({ eventSlug: desk.eventSlug, passPublicId, reason: 'lent to somebody' });
  await expect.poll(() => verdictFor(code), { timeout: 10_000, interval: 0 }).toBe('revoked');
  expect(await verdictFor(code)).toBe('revoked');
});

test('of a pass that is reissued the old code is refused, and the new one is admitted', async () => {
  const pass = await accredit('Ana Anew');
  const { passPublicId } = pass;
  const code = await codeOf(pass);
  expect(await verdictFor(code)).toBe('admitted');
  await api.pass.reissue({ eventSlug: desk.eventSlug, passPublicId, reason: 'badge was lost' });
  await expect.poll(() => verdictFor(code), { timeout: 10_000, interval: 0 }).toBe('revoked');
  expect(await verdictFor(await codeOf(pass))).toBe('admitted');
});
