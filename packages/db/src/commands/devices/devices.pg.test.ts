import { eq } from 'drizzle-orm';
import { beforeAll, expect, test } from 'vitest';
import { openDb } from '../../client.ts';
import { initSite } from '../../local-site.ts';
import { devices, pairingCodes, users } from '../../schema/index.ts';
import { makeAreas, makeCheckpoints, makeEvent, type MadeEvent } from '../../seed/index.ts';
import { testDatabase } from '../../testing/index.ts';
import { notifyChannel } from '../notify.ts';
import { enrolDevice, type DeviceRequest } from './enrol-device.ts';
import { findDeviceByToken, markDevicesSeen } from './find-device.ts';
import { createPairingCode, deviceTtlMs, pairingTtlMs, redeemPairingCode } from './pairing.ts';
import { revokeDevice } from './revoke-device.ts';

const { db, url } = await testDatabase();
const now = new Date('2027-03-01T12:00:00Z');
const after = (ms: number) => new Date(now.getTime() + ms);
const stranger = 281474976999999n;
let event: MadeEvent;
let gate: bigint;

beforeAll(async () => {
  await initSite(db, { number: 1, name: 'test', kind: 'cloud' });
  event = await makeEvent(db, {}, now);
  gate = await makeGate(event);
  await db.insert(users).values({ id: 'member', name: 'Member', email: 'member@example.com' });
});

async function makeGate({ id, outsideAreaId }: MadeEvent): Promise<bigint> {
  const [hall = 0n] = await makeAreas(db, id, [{ no: 1, name: 'Hall' }]);
  const joins = { fromAreaId: outsideAreaId, toAreaId: hall, directions: 'both' } as const;
  const [point = 0n] = await makeCheckpoints(db, id, [
    { no: 1, name: 'Gate', x: 0, y: 0, ...joins },
  ]);
  return point;
}

function request(change: Partial<DeviceRequest> = {}): DeviceRequest {
  const base = {
    eventId: event.id,
    name: 'Scanner 1',
    kind: 'scanner',
    expiresAt: after(1000),
  } as const;
  return { ...base, checkpointIds: null, ...change };
}

test('a device is found by its token, of which only the hash is kept', async () => {
  const enrolled = await enrolDevice(db, request({ checkpointIds: [gate] }), now);
  if (!enrolled.ok) throw new Error(enrolled.code);
  expect(Buffer.from(enrolled.token, 'base64url')).toHaveLength(32);
  const found = await findDeviceByToken(db, enrolled.token, now);
  expect(found).toMatchObject({
    ok: true,
    device: { id: enrolled.device.id, checkpointIds: [gate] },
  });
  const [row] = await db.select().from(devices).where(eq(devices.id, enrolled.device.id));
  expect(
    JSON.stringify(row, (_, value) => (typeof value === 'bigint' ? String(value) : value)),
  ).not.toContain(enrolled.token);
  expect(row?.tokenHash).toHaveLength(32);
  await markDevicesSeen(db, [enrolled.device.id], now);
  expect(await findDeviceByToken(db, enrolled.token, now)).toMatchObject({
    device: { lastSeenAt: now },
  });
});

test('a token that is unknown, too old or revoked opens nothing', async () => {
  const enrolled = await enrolDevice(db, request(), now);
  if (!enrolled.ok) throw new Error(enrolled.code);
  const { token, device } = enrolled;
  expect(await findDeviceByToken(db, token.toLowerCase(), now)).toEqual({
    ok: false,
    code: 'unknown_token',
  });
  expect(await findDeviceByToken(db, '', now)).toEqual({ ok: false, code: 'unknown_token' });
  expect(await findDeviceByToken(db, token, after(1000))).toEqual({
    ok: false,
    code: 'device_expired',
  });
  expect(await revokeDevice(db, device.id, now)).toEqual({ ok: true });
  expect(await revokeDevice(db, device.id, now)).toEqual({ ok: true });
  expect(await findDeviceByToken(db, token, now)).toEqual({ ok: false, code: 'device_revoked' });
  expect(await revokeDevice(db, stranger, now)).toEqual({ ok: false, code: 'unknown_device' });
});

test('checkpoints of another event, and events that are not there, are refused', async () => {
  const foreign = await makeGate(await makeEvent(db, {}, now));
  const refused = (code: string) => ({ ok: false, code });
  expect(await enrolDevice(db, request({ checkpointIds: [gate, foreign] }), now)).toEqual(
    refused('unknown_checkpoint'),
  );
  expect(await enrolDevice(db, request({ checkpointIds: [stranger] }), now)).toEqual(
    refused('unknown_checkpoint'),
  );
  expect(await enrolDevice(db, request({ eventId: stranger }), now)).toEqual(
    refused('unknown_event'),
  );
});

async function pair(): Promise<string> {
  const pairing = {
    eventId: event.id,
    deviceName: 'Phone',
    checkpointIds: [gate],
    createdBy: 'member',
  };
  const created = await createPairingCode(db, pairing, now);
  if (!created.ok) throw new Error(created.code);
  expect(created.expiresAt).toEqual(after(pairingTtlMs));
  return created.code;
}

test('a pairing code enrols one device, as it is typed', async () => {
  const code = await pair();
  expect(code).toMatch(/^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}$/);
  const typed = ` ${code.toLowerCase().replaceAll('-', ' ')} `;
  const redeemed = await redeemPairingCode(db, { code: typed, kind: 'scanner' }, now);
  if (!redeemed.ok) throw new Error(redeemed.code);
  expect(redeemed.device).toMatchObject({
    name: 'Phone',
    checkpointIds: [gate],
    expiresAt: after(deviceTtlMs),
  });
  expect(await findDeviceByToken(db, redeemed.token, now)).toMatchObject({ ok: true });
  expect(await redeemPairingCode(db, { code, kind: 'scanner' }, now)).toEqual({
    ok: false,
    code: 'code_used',
  });
  const rows = await db.select({ hash: pairingCodes.codeHash }).from(pairingCodes);
  expect(rows.some((row) => Buffer.from(row.hash).toString().includes(code))).toBe(false);
});

test('ten devices with one code: one is enrolled', async () => {
  const code = await pair();
  const crowd = openDb(url, { connections: 10 });
  const results = await Promise.all(
    Array.from({ length: 10 }, () => redeemPairingCode(crowd, { code, kind: 'scanner' }, now)),
  );
  await crowd.$client.end();
  expect(results.filter((result) => result.ok)).toHaveLength(1);
  expect(results.filter((result) => !result.ok && result.code === 'code_used')).toHaveLength(9);
});

test('a code that is wrong or too old enrols nothing, and a wrong one spoils no right one', async () => {
  const code = await pair();
  const redeem = (text: string, at = now) =>
    redeemPairingCode(db, { code: text, kind: 'reader' }, at);
  expect(await redeem('0000-0000-0000')).toEqual({ ok: false, code: 'unknown_code' });
  expect(await redeem('')).toEqual({ ok: false, code: 'unknown_code' });
  expect(await redeem(code, after(pairingTtlMs))).toEqual({ ok: false, code: 'code_expired' });
  expect(await redeem(code)).toMatchObject({ ok: true });
});

test('realtime hears of a device when it is enrolled and when it is revoked, and of nothing that was refused', async () => {
  const heard: unknown[] = [];
  const listener = openDb(url, { connections: 1 });
  const last = Promise.withResolvers<undefined>();
  await listener.$client.listen(notifyChannel, (payload) => {
    heard.push(JSON.parse(payload));
    if (heard.length === 2) last.resolve(undefined);
  });
  await enrolDevice(db, request({ eventId: stranger }), now);
  const enrolled = await enrolDevice(db, request(), now);
  if (!enrolled.ok) throw new Error(enrolled.code);
  await revokeDevice(db, enrolled.device.id, now);
  await last.promise;
  await listener.$client.end();
  const notice = { kind: 'device', deviceId: String(enrolled.device.id) };
  expect(heard).toEqual([notice, notice]);
});
