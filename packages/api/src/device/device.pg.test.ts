import { randomUUID } from 'node:crypto';
import { createPairingCode, pairingTtlMs, revokeDevice, schema, searchGrams } from '@catraca/db';
import { makeDevice, makePasses, makeSmallEvent } from '@catraca/db/gate/testing';
import { testDatabase } from '@catraca/db/testing';
import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { createCaller } from '../router.ts';
import { testContext } from '../testing/test-context.ts';

const { db } = await testDatabase();
const event = await makeSmallEvent(db);
const other = await makeSmallEvent(db);
const anyone = createCaller(await testContext(db, null));

async function pairingCode(now = new Date()): Promise<string> {
  const createdBy = randomUUID();
  const user = { id: createdBy, name: 'Admin', email: `${createdBy}@example.org` };
  await db.insert(schema.users).values(user);
  const request = { eventId: event.eventId, deviceName: 'Blue phone', checkpointIds: null };
  const pairing = await createPairingCode(db, { ...request, createdBy }, now);
  if (!pairing.ok) throw new Error(pairing.code);
  return pairing.code;
}

/** A pass of the event whose holder has this name; its barcode number. */
async function passOf(name: string, of = event): Promise<string> {
  const [pass] = await makePasses(db, of, of.types.once, 1);
  if (!pass) throw new Error('no pass was made');
  const [row] = await db
    .select({ holderId: schema.passes.holderId })
    .from(schema.passes)
    .where(eq(schema.passes.id, pass.passId));
  if (!row) throw new Error('no pass was made');
  await db
    .update(schema.persons)
    .set({ name, searchIndex: searchGrams(name) })
    .where(eq(schema.persons.id, row.holderId));
  return pass.barcode.replaceAll(' ', '');
}

test('a pairing code makes a device of its name, whatever case and dashes it is typed with', async () => {
  const code = await pairingCode();
  const paired = await anyone.device.redeemPairingCode({
    code: ` ${code.toLowerCase().replaceAll('-', ' ')} `,
  });
  expect(paired.deviceName).toBe('Blue phone');
  expect(paired.token).toMatch(/^[\w-]{43}$/);
});

test('a pairing code works once, for a while, and is never guessed', async () => {
  const code = await pairingCode();
  await anyone.device.redeemPairingCode({ code });
  await expect(anyone.device.redeemPairingCode({ code })).rejects.toThrow('pairing_code_used');
  const old = await pairingCode(new Date(Date.now() - 2 * pairingTtlMs));
  await expect(anyone.device.redeemPairingCode({ code: old })).rejects.toThrow(
    'pairing_code_expired',
  );
  await expect(anyone.device.redeemPairingCode({ code: '0000-0000-0000' })).rejects.toThrow(
    'pairing_code_unknown',
  );
});

test('a device finds passes of its event by part of a name, without accents and case', async () => {
  const { token: deviceToken } = await makeDevice(db, event);
  const number = await passOf('João d’Ávila Conceição');
  await passOf('João Elsewhere', other);
  const found = await anyone.device.searchPasses({ deviceToken, name: 'AVILA  joao' });
  expect(found).toMatchObject([{ number, holderName: 'João d’Ávila Conceição', status: 'valid' }]);
});

test('names with a word that begins so come first', async () => {
  const { token: deviceToken } = await makeDevice(db, event);
  for (const name of ['Abel Camargo', 'Zoe Marques', 'Bia Lamar']) await passOf(name);
  const found = await anyone.device.searchPasses({ deviceToken, name: 'mar' });
  expect(found.map(({ holderName }) => holderName)).toEqual([
    'Zoe Marques',
    'Abel Camargo',
    'Bia Lamar',
  ]);
});

test('fewer than three letters are not searched, and signs of patterns are no letters', async () => {
  const { token: deviceToken } = await makeDevice(db, event);
  for (const name of ['', 'ma', 'm a', '%%%', 'a_%', '123']) {
    await expect(anyone.device.searchPasses({ deviceToken, name })).rejects.toMatchObject({
      code: 'BAD_REQUEST',
    });
  }
  expect(await anyone.device.searchPasses({ deviceToken, name: 'm%ar' })).toEqual([]);
});

test('a device that is unknown, expired or revoked learns no name', async () => {
  const revoked = await makeDevice(db, event);
  await revokeDevice(db, revoked.id, new Date());
  const expired = await makeDevice(db, event, { expiresAt: new Date(Date.now() - 60_000) });
  for (const deviceToken of ['x', revoked.token, expired.token]) {
    await expect(
      anyone.device.searchPasses({ deviceToken, name: 'Camargo' }),
    ).rejects.toMatchObject({ message: 'device_unknown', code: 'UNAUTHORIZED' });
  }
});
