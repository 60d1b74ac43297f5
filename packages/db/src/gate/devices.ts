import type { CheckpointId, DeviceFacts, DeviceId, EventId } from '@catraca/domain';
import { eq, inArray, sql } from 'drizzle-orm';
import type { Db } from '../client.ts';
import { devices } from '../schema/index.ts';
import { arrayLiteral } from './array-literal.ts';

/** An enrolled device as the gate knows it. */
export interface GateDevice extends DeviceFacts {
  readonly id: DeviceId;
  readonly name: string;
  readonly state: 'active' | 'revoked';
  /** Ms since 1970. */
  readonly expiresAt: number;
}

/** The device with this token, whatever its state. `tokenHash`: SHA-256 of the token. */
export async function findDeviceByToken(
  db: Db,
  tokenHash: Uint8Array,
): Promise<GateDevice | undefined> {
  const [row] = await db.select().from(devices).where(eq(devices.tokenHash, tokenHash));
  return row && deviceOf(row);
}

/** Those of these devices that exist, as they are now. */
export async function listDevices(db: Db, ids: readonly DeviceId[]): Promise<GateDevice[]> {
  const rows = await db
    .select()
    .from(devices)
    .where(inArray(devices.id, [...ids]));
  return rows.map(deviceOf);
}

function deviceOf(row: typeof devices.$inferSelect): GateDevice {
  return {
    id: row.id as DeviceId,
    eventId: row.eventId as EventId,
    name: row.name,
    checkpointIds: row.checkpointIds && new Set(row.checkpointIds as CheckpointId[]),
    state: row.state,
    expiresAt: row.expiresAt.getTime(),
  };
}

/** Notes when devices were last heard of. Times in ms since 1970. */
export async function touchDevices(db: Db, seen: ReadonlyMap<DeviceId, number>): Promise<void> {
  const ids = arrayLiteral([...seen.keys()]);
  const times = arrayLiteral([...seen.values()].map((at) => new Date(at).toISOString()));
  await db.execute(sql`
    update ${devices} set last_seen_at = seen.at
    from unnest(${ids}::bigint[], ${times}::timestamptz[]) as seen (id, at)
    where devices.id = seen.id and (devices.last_seen_at is null or devices.last_seen_at < seen.at)`);
}
