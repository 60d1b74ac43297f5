import type { KeyObject } from 'node:crypto';
import { type Db, listPublicKeys, schema } from '@catraca/db';
import type { DeviceFacts, DeviceId, EventId } from '@catraca/domain';
import { publicKeyOf } from '@catraca/domain/token/node';
import { deviceTokenOf, scannersMax } from '../passes/device.ts';

export interface UsualDevice extends DeviceFacts {
  readonly id: DeviceId;
}

/** All devices by their token. */
export async function loadDevices(db: Db): Promise<ReadonlyMap<string, UsualDevice>> {
  const rows = await db.select().from(schema.devices).orderBy(schema.devices.id).limit(scannersMax);
  return new Map(
    rows.map((row, scanner) => [
      deviceTokenOf(scanner),
      { id: row.id as DeviceId, eventId: row.eventId as EventId, checkpointIds: null },
    ]),
  );
}

export async function loadKeys(db: Db): Promise<ReadonlyMap<number, KeyObject>> {
  const rows = await listPublicKeys(db);
  return new Map(rows.map(({ keyId, publicKey }) => [keyId, publicKeyOf(publicKey)]));
}
