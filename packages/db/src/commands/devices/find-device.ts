import { eq, inArray } from 'drizzle-orm';
import type { DbOrTx } from '../../client.ts';
import { devices } from '../../schema/index.ts';
import type { DeviceRow } from './enrol-device.ts';
import { hashOfSecret } from './secrets.ts';

export type FindDeviceResult =
  | { ok: true; device: DeviceRow }
  | { ok: false; code: 'unknown_token' | 'device_expired' | 'device_revoked' };

/** The device that shows this token. Found by the hash, so comparing takes no secret's time. */
export async function findDeviceByToken(
  db: DbOrTx,
  token: string,
  now: Date,
): Promise<FindDeviceResult> {
  const [device] = await db
    .select()
    .from(devices)
    .where(eq(devices.tokenHash, hashOfSecret(token)));
  if (!device) return { ok: false, code: 'unknown_token' };
  if (device.state === 'revoked') return { ok: false, code: 'device_revoked' };
  if (device.expiresAt <= now) return { ok: false, code: 'device_expired' };
  return { ok: true, device };
}

/** Devices that are connected; called once in a while for all of them, not for each scan. */
export async function markDevicesSeen(
  db: DbOrTx,
  deviceIds: readonly bigint[],
  now: Date,
): Promise<void> {
  if (deviceIds.length === 0) return;
  await db
    .update(devices)
    .set({ lastSeenAt: now })
    .where(inArray(devices.id, [...deviceIds]));
}
