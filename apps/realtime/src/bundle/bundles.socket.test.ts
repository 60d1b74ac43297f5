import { revokePass } from '@catraca/db';
import {
  makeDevice,
  makePasses,
  makeSmallEvent,
  type SmallEvent,
  type TestDevice,
} from '@catraca/db/gate/testing';
import { testDatabase } from '@catraca/db/testing';
import { type PassId, parseBarcode } from '@catraca/domain';
import {
  type Bundle,
  bundlePath,
  parseBundle,
  type PassRecord,
  passRecordBytes,
  readPassRecord,
} from '@catraca/protocol';
import assert from 'node:assert/strict';
import { beforeAll, expect, test } from 'vitest';
import { GateClient, newScan } from '../testing/gate-client.ts';
import { startTestRealtime } from '../testing/realtime.ts';

const { db, url } = await testDatabase();
const event: SmallEvent = await makeSmallEvent(db);
const { port } = await startTestRealtime(url);
const origin = `http://127.0.0.1:${port}`;
let device: TestDevice;

beforeAll(async () => {
  device = await makeDevice(db, event);
});

async function fetchBundle(since?: string, token = device.token): Promise<Response> {
  const query = since === undefined ? '' : `?since=${since}`;
  return fetch(`${origin}${bundlePath}${query}`, { headers: { authorization: `Bearer ${token}` } });
}

async function bundleOf(since?: string): Promise<Bundle> {
  const response = await fetchBundle(since);
  expect(response.status).toBe(200);
  const parsed = parseBundle(new Uint8Array(await response.arrayBuffer()));
  assert(parsed.ok);
  return parsed.value;
}

function recordsOf({ records }: Bundle): Map<PassId, PassRecord> {
  const view = new DataView(records.buffer);
  const all = Array.from({ length: records.length / passRecordBytes }, (_, i) =>
    readPassRecord(view, i * passRecordBytes),
  );
  return new Map(all.map((record) => [record.passId, record]));
}

/** Until this holds of what is new since then, asked as a device does: again and again. */
async function untilNew(since: string, isTrue: (records: Map<PassId, PassRecord>) => boolean) {
  let bundle = await bundleOf(since);
  const look = async () => {
    bundle = await bundleOf(since);
    return isTrue(recordsOf(bundle));
  };
  await expect.poll(look, { timeout: 10_000, interval: 250 }).toBe(true);
  return bundle;
}

test('D-20 the bundle has the rules and, of each pass, what the gate would read', async () => {
  const [once] = await makePasses(db, event, event.types.once, 1);
  const [crew] = await makePasses(db, event, event.types.unlimited, 1);
  assert(once && crew);
  const gate = await GateClient.open(port, device.token);
  await gate.judge(newScan(once.token, event.north));
  await gate.judge(newScan(crew.token, event.north));
  await gate.judge(newScan(crew.token, event.south, 'exit'));

  const bundle = await bundleOf();
  const { rules, whole } = bundle.head;
  expect(whole).toBe(true);
  expect(rules?.areas.map(({ name }) => name)).toEqual(['Outside', 'Hall', 'Stage']);
  expect(rules?.checkpoints.map(({ name }) => name)).toEqual([
    'North gate',
    'South gate',
    'Stage door',
  ]);
  expect(rules?.keys).toHaveLength(1);
  expect(JSON.stringify(bundle.head)).not.toContain('Holder');

  const records = recordsOf(bundle);
  const type = (id: bigint) => rules?.types.find((one) => one.id === String(id))?.no;
  const barcode = parseBarcode(once.barcode);
  expect(records.get(once.passId)).toEqual({
    passId: once.passId,
    typeNo: type(event.types.once),
    ...{ status: 'valid', qrNo: 1, barcode: barcode.ok && Number(barcode.value.slice(0, 14)) },
    last: {
      ...{ crossingNo: 1, areaNo: 1, verdict: 'admitted', entries: 1, day: 1, dayEntries: 1 },
      ...{ at: expect.any(Number), checkpointNo: 1 },
    },
  });
  const last = records.get(crew.passId)?.last;
  expect(last).toMatchObject({ crossingNo: 2, areaNo: 0, verdict: 'exited', checkpointNo: 2 });
  expect(Math.abs((last?.at ?? 0) - Date.now() / 1000)).toBeLessThan(60);
});

test('D-21 with a cursor only what is new comes, and the rules when they are others', async () => {
  const [early, late] = await makePasses(db, event, event.types.once, 2);
  assert(early && late);
  const { cursor } = (await bundleOf()).head;
  const gate = await GateClient.open(port, device.token);
  await gate.judge(newScan(early.token, event.north));
  await revokePass(db, late.passId, new Date());

  const { head, records } = await untilNew(
    cursor,
    (found) => found.get(late.passId)?.status === 'revoked' && !!found.get(early.passId)?.last,
  );
  expect(head).toMatchObject({ whole: false });
  expect(head.rules).toBeUndefined();
  expect(records.length).toBeLessThanOrEqual(6 * passRecordBytes);

  // Nothing is new any more once the reading it was told of is behind it.
  const rest = await untilNew(head.cursor, () => true);
  expect(recordsOf(rest).size).toBeLessThanOrEqual(6);
  const otherRules = { ...JSON.parse(Buffer.from(head.cursor, 'base64url').toString()), tag: 'x' };
  const told = await bundleOf(Buffer.from(JSON.stringify(otherRules)).toString('base64url'));
  expect(told.head.rules?.name).toBe('Small event');
});

test.each(['', 'x', Buffer.from('{"eventId":"1"}').toString('base64url')])(
  'D-21 a cursor that is none of ours, as “%s”, gets the whole',
  async (cursor) => {
    expect((await bundleOf(cursor)).head.whole).toBe(true);
  },
);

test('D-22 without a good token there is no bundle; any page may ask', async () => {
  const response = await fetchBundle(undefined, 'nobody');
  expect(response.status).toBe(401);
  const asked = await fetch(`${origin}${bundlePath}`, { method: 'OPTIONS' });
  expect(asked.headers.get('access-control-allow-headers')).toBe('authorization');
});
