import { schema } from '@catraca/db';
import { judgeScans, loadVenue, openGateDb } from '@catraca/db/gate';
import { gateScan, makeDevice, makePasses, makeSmallEvent } from '@catraca/db/gate/testing';
import { testDatabase } from '@catraca/db/testing';
import { eq } from 'drizzle-orm';
import assert from 'node:assert/strict';
import { afterAll, expect, test } from 'vitest';
import { createCaller } from '../router.ts';
import { testContext, testMember } from '../testing/test-context.ts';

const { db, url } = await testDatabase();
const event = await makeSmallEvent(db);
const other = await makeSmallEvent(db);
const venue = await loadVenue(db, event.eventId);
const gate = openGateDb(url);
afterAll(() => gate.end());

async function rowOf(eventId: bigint) {
  const [row] = await db.select().from(schema.events).where(eq(schema.events.id, eventId));
  assert(row);
  return row;
}
const { slug: eventSlug, organizationId } = await rowOf(event.eventId);

async function callerOf(role: 'manager' | 'control', of = organizationId) {
  const member = testMember(role, of);
  await db
    .insert(schema.users)
    .values({ id: member.userId, name: member.name, email: `${member.userId}@example.org` })
    .onConflictDoNothing();
  return createCaller(await testContext(db, member));
}

/** One ticket let in at both gates by devices that were alone. */
async function letInTwice() {
  assert(venue);
  const [pass] = await makePasses(db, event, event.types.once, 1);
  assert(pass);
  for (const [name, point] of [
    ['Blue phone', event.north],
    ['Red phone', event.south],
  ] as const) {
    const scan = gateScan(venue, await makeDevice(db, event, { name }), pass.token, point);
    await judgeScans(gate, 1, [{ ...scan, alone: { verdict: 'admitted', at: scan.scannedAt } }]);
  }
}

test('D-10 a conflict names both checkpoints, devices and times, and stays once somebody has looked', async () => {
  await letInTwice();
  const manager = await callerOf('manager');
  const [found] = await manager.conflict.list({ eventSlug });
  expect(found).toMatchObject({
    ...{ kind: 'double_entry', seenAt: null, typeName: 'Type once' },
    scan: { checkpointName: 'South gate', deviceName: 'Red phone', alone: true },
    other: { checkpointName: 'North gate', deviceName: 'Blue phone', verdict: 'admitted' },
  });
  expect(JSON.stringify(found)).not.toContain('Holder');
  expect(await manager.conflict.unseen({ eventSlug })).toBe(1);

  await manager.conflict.markSeen({ eventSlug, conflictId: found?.id ?? '' });
  await manager.conflict.markSeen({ eventSlug, conflictId: found?.id ?? '' });
  expect(await manager.conflict.unseen({ eventSlug })).toBe(0);
  expect(await manager.conflict.list({ eventSlug })).toMatchObject([
    { id: found?.id, seenAt: expect.any(Date), seenByName: expect.any(String) },
  ]);
});

test('a conflict of another event is not found, and the control room looks without marking', async () => {
  const { slug, organizationId: elsewhere } = await rowOf(other.eventId);
  const [found] = await (await callerOf('control')).conflict.list({ eventSlug });
  const stranger = await callerOf('manager', elsewhere);
  const conflictId = found?.id ?? '';
  await expect(stranger.conflict.markSeen({ eventSlug: slug, conflictId })).rejects.toMatchObject({
    code: 'NOT_FOUND',
  });
  await expect(
    (await callerOf('control')).conflict.markSeen({ eventSlug, conflictId }),
  ).rejects.toMatchObject({ code: 'FORBIDDEN' });
});
