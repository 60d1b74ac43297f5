import { and, desc, eq } from 'drizzle-orm';
import type { DbOrTx } from '../client.ts';
import { devices, users } from '../schema/index.ts';

/** An event's devices, the newest first. What a device shows to prove itself is not among it. */
export function listDevices(db: DbOrTx, eventId: bigint) {
  return db
    .select({
      id: devices.id,
      name: devices.name,
      kind: devices.kind,
      state: devices.state,
      checkpointIds: devices.checkpointIds,
      memberName: users.name,
      lastSeenAt: devices.lastSeenAt,
      expiresAt: devices.expiresAt,
      createdAt: devices.createdAt,
      revokedAt: devices.revokedAt,
    })
    .from(devices)
    .leftJoin(users, eq(users.id, devices.userId))
    .where(eq(devices.eventId, eventId))
    .orderBy(desc(devices.createdAt), desc(devices.id));
}

/** A device of this event, if it is one. */
export async function findDeviceOf(db: DbOrTx, eventId: bigint, deviceId: bigint) {
  const [found] = await db
    .select({ id: devices.id, checkpointIds: devices.checkpointIds })
    .from(devices)
    .where(and(eq(devices.id, deviceId), eq(devices.eventId, eventId)));
  return found;
}
