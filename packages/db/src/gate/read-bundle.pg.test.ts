import type { PassId } from '@catraca/domain';
import assert from 'node:assert/strict';
import { afterAll, expect, test } from 'vitest';
import { revokePass } from '../commands/passes/revoke-pass.ts';
import { testDatabase } from '../testing/index.ts';
import { judgeScans, loadVenue, openGateDb, readBundle, readBundleChanges } from './index.ts';
import { type BundleRecords } from './read-bundle.ts';
import { gateScan, makeDevice, makePasses, makeSmallEvent } from './testing/index.ts';

const { db, url } = await testDatabase();
const event = await makeSmallEvent(db);
const venue = await loadVenue(db, event.eventId);
const device = await makeDevice(db, event);
const gate = openGateDb(url);
afterAll(() => gate.end());

const bytesOfRecord = 34;

function passIdsOf(found: BundleRecords | undefined): PassId[] {
  assert(found);
  const bytes = Buffer.concat(found.parts);
  return Array.from(
    { length: bytes.length / bytesOfRecord },
    (_, i) => bytes.readBigUInt64BE(i * bytesOfRecord) as PassId,
  );
}

const changes = (since: BundleRecords) => readBundleChanges(db, event.eventId, since.point);

/** Holds a transaction open that has changed something; resolves with what commits it. */
async function changeSlowly(statement: string): Promise<() => Promise<void>> {
  const changed = Promise.withResolvers<undefined>();
  const release = Promise.withResolvers<undefined>();
  const transaction = db.$client.begin(async (sql) => {
    await sql.unsafe(statement);
    changed.resolve(undefined);
    await release.promise;
  });
  await changed.promise;
  return async () => {
    release.resolve(undefined);
    await transaction;
  };
}

test('D-21 what was under way at a reading and committed late is in the next, whatever began since', async () => {
  const [slow, quick, quiet] = await makePasses(db, event, event.types.once, 3);
  assert(slow && quick && quiet);
  const commit = await changeSlowly(
    `update passes set status = 'blocked' where id = ${slow.passId}`,
  );
  const whole = await readBundle(db, event.eventId);
  expect(passIdsOf(whole)).toEqual(expect.arrayContaining([slow.passId, quick.passId]));
  await revokePass(db, quick.passId, new Date());

  const first = await changes(whole);
  expect(passIdsOf(first)).toContain(quick.passId);
  await commit();
  assert(first);
  const second = await changes(first);
  expect(passIdsOf(second)).toContain(slow.passId);
  expect(passIdsOf(second)).not.toContain(quiet.passId);
});

test('D-21 a crossing that was written late, and a code that was replaced, are new', async () => {
  assert(venue);
  const [walked, reissued] = await makePasses(db, event, event.types.once, 2);
  assert(walked && reissued);
  const commit = await changeSlowly(
    `update media set state = 'dead', died_at = now() where pass_id = ${reissued.passId} and kind = 'qr'`,
  );
  const whole = await readBundle(db, event.eventId);
  await judgeScans(gate, 1, [gateScan(venue, device, walked.token, event.north)]);
  await commit();
  const ids = passIdsOf(await changes(whole));
  expect(ids).toEqual(expect.arrayContaining([walked.passId, reissued.passId]));
});

test('D-21 of a point that this database has not reached nothing can be told', async () => {
  const { point } = await readBundle(db, event.eventId);
  const snapshot = '900000000:900000000:';
  expect(await readBundleChanges(db, event.eventId, { ...point, snapshot })).toBeUndefined();
});
