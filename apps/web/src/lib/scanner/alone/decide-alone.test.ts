import {
  makeId,
  type EventId,
  type PassClaims,
  type PassId,
  tokenMinuteOf,
  withCheckDigits,
} from '@catraca/domain';
import { generateSigningKey, privateKeyOf, signToken } from '@catraca/domain/token/node';
import {
  type BundleRules,
  type PassRecord,
  PassTable,
  type ScanMessage,
  writePassRecord,
} from '@catraca/protocol';
import { expect, test } from 'vitest';
import { decideAlone, type Knowledge, recordOnline } from './decide-alone.ts';
import { openRules } from './event-rules.ts';

const now = Date.UTC(2027, 4, 1, 12);
const id = (no: number) => makeId<EventId>(1, BigInt(no));
const key = generateSigningKey();
const otherKey = generateSigningKey();
const [eventId, outside, hall, north, once] = [1, 2, 3, 4, 5].map((no) => String(id(no)));

const told: BundleRules = {
  ...{ name: 'Convention', timeZone: 'UTC', epoch: 0, outsideAreaId: outside ?? '' },
  days: [{ no: 1, startsAt: now - 3_600_000, endsAt: now + 3_600_000 }],
  areas: [
    { id: outside ?? '', no: 0, name: 'Outside', capacity: null },
    // A device alone does not know who is in, and lets nobody wait for that.
    { id: hall ?? '', no: 1, name: 'Hall', capacity: 0 },
  ],
  checkpoints: [
    {
      ...{ id: north ?? '', no: 7, name: 'North gate', directions: 'both' },
      ...{ fromArea: outside ?? '', toArea: hall ?? '' },
    },
  ],
  types: [
    {
      ...{ id: once ?? '', no: 9, name: 'One day', colour: '#336699' },
      policy: { kind: 'once', n: null },
      entitlements: [{ areaId: hall ?? '', startsAt: now - 1, endsAt: now + 3_600_000 }],
    },
  ],
  keys: [{ id: 257, publicKey: Buffer.from(key.publicKey).toString('base64url') }],
};

const payload = '12345678901234';
const pass: PassRecord = {
  ...{ passId: id(100) as bigint as PassId, typeNo: 9, status: 'valid', qrNo: 3 },
  ...{ barcode: Number(payload), last: null },
};

async function knowing(record: Partial<PassRecord> = {}): Promise<Knowledge> {
  const passes = new PassTable(writePassRecord({ ...pass, ...record }));
  return { eventId: eventId ?? '', rules: await openRules(eventId ?? '', told), passes };
}

function tokenOf(claims: Partial<PassClaims> = {}, seed = key.seed): string {
  const signed: PassClaims = {
    ...{ keyId: 257, eventId: id(1), passId: pass.passId, typeNo: 9, mediumNo: 3, areas: 2 },
    ...{ policy: { kind: 'once' }, days: 1, issuedAt: tokenMinuteOf(now) },
    ...claims,
  };
  return signToken(signed, privateKeyOf(seed));
}

function scanOf(code: string): ScanMessage {
  const scannedAt = new Date(now).toISOString();
  const scanId = '01910f5e-7a2b-7c3d-8e4f-5a6b7c8d9e0f';
  const where = { checkpointId: north ?? '', direction: 'entry' } as const;
  return { type: 'scan', scanId, code, ...where, scannedAt };
}

test.each([
  ['token', tokenOf()],
  ['barcode', withCheckDigits(payload)],
])('D-31 a good %s is admitted once, and then used, with when and where', async (_, code) => {
  const knowledge = await knowing();
  const first = await decideAlone(knowledge, scanOf(code), now);
  expect(first).toMatchObject({
    answer: { verdict: 'admitted', areaName: 'Hall', pass: { typeName: 'One day' } },
    after: { last: { crossingNo: 1, areaNo: 1, entries: 1, checkpointNo: 7, at: now / 1000 } },
  });
  if (first.after) knowledge.passes.put(first.after);
  const second = await decideAlone(knowledge, scanOf(code), now + 1_000);
  expect(second).toMatchObject({
    answer: {
      verdict: 'already_used',
      last: { at: new Date(now).toISOString(), checkpointName: 'North gate' },
    },
    after: undefined,
  });
});

test.each([
  ['a text of nobody', 'https://example.org/flyer', 'unknown_code'],
  ['a forged token', tokenOf({}, otherKey.seed), 'bad_signature'],
  ['a code that was replaced', tokenOf({ mediumNo: 1 }), 'revoked'],
  ['a pass of another event', tokenOf({ eventId: id(77) }), 'wrong_event'],
  ['a code that is newer than the data', tokenOf({ mediumNo: 5 }), 'offline_unknown'],
  ['a pass that is newer', tokenOf({ passId: id(101) as bigint as PassId }), 'offline_unknown'],
  ['a key that is newer', tokenOf({ keyId: 258 }, otherKey.seed), 'offline_unknown'],
  ['a barcode that is newer', withCheckDigits('99999999999999'), 'offline_unknown'],
])('D-32 %s', async (_, code, verdict) => {
  const decided = await decideAlone(await knowing(), scanOf(code), now);
  expect(decided).toMatchObject({ answer: { verdict }, after: undefined });
});

test('D-32 a type this device has not heard of', async () => {
  const decided = await decideAlone(await knowing({ typeNo: 44 }), scanOf(tokenOf()), now);
  expect(decided.answer.verdict).toBe('offline_unknown');
});

test('D-31 a pass that was revoked is so here too', async () => {
  const decided = await decideAlone(await knowing({ status: 'revoked' }), scanOf(tokenOf()), now);
  expect(decided.answer.verdict).toBe('revoked');
});

test('D-31 what the server admitted a moment ago is used when the line goes down', async () => {
  const knowledge = await knowing();
  const scan = scanOf(tokenOf());
  const at = new Date(now).toISOString();
  const answer = { type: 'verdict', scanId: scan.scanId, verdict: 'admitted', at } as const;
  const record = recordOnline(knowledge, scan, answer);
  expect(record?.last).toMatchObject({ crossingNo: 1, areaNo: 1 });
  if (record) knowledge.passes.put(record);
  expect(recordOnline(knowledge, scan, answer)).toBeUndefined();
  expect((await decideAlone(knowledge, scan, now)).answer.verdict).toBe('already_used');
});
