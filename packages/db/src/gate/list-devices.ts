import { inArray } from 'drizzle-orm';
import type { Db } from '../client.ts';
import type { DeviceRow } from '../commands/devices/enrol-device.ts';
import { devices } from '../schema/index.ts';

/** Those of these devices that exist, as they are now, revoked and expired ones too. */
export async function listDevices(db: Db, ids: readonly bigint[]): Promise<DeviceRow[]> {
  return db
    .select()
    .from(devices)
    .where(inArray(devices.id, [...ids]));
}
