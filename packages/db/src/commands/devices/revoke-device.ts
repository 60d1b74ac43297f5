import { eq } from 'drizzle-orm';
import type { Db } from '../../client.ts';
import { devices } from '../../schema/index.ts';
import { type Actor, writeAudit } from '../audit/write-audit.ts';
import { notify } from '../notify.ts';
import { record } from '../../sync/record-facts.ts';
import { transact } from '../transact.ts';

export type RevokeDeviceResult = { ok: true } | { ok: false; code: 'unknown_device' };

/** Shuts a device out; realtime hears of it and closes its connection. One that was revoked before stays so. */
export async function revokeDevice(
  db: Db,
  deviceId: bigint,
  now: Date,
  by: Actor | null = null,
): Promise<RevokeDeviceResult> {
  return transact<RevokeDeviceResult>(db, async (tx) => {
    const [device] = await tx
      .select()
      .from(devices)
      .where(eq(devices.id, deviceId))
      .for('no key update');
    if (!device) return { ok: false, code: 'unknown_device' };
    if (device.state === 'revoked') return { ok: true };
    await tx
      .update(devices)
      .set({ state: 'revoked', revokedAt: now })
      .where(eq(devices.id, deviceId));
    if (by) {
      const { eventId, name, kind } = device;
      const entry = {
        action: 'device.revoke',
        eventId,
        subjectKind: 'device',
        subjectId: deviceId,
      };
      await writeAudit(tx, by, { ...entry, before: { name, kind, state: device.state } });
    }
    await notify(tx, { kind: 'device', deviceId: String(deviceId) });
    await record(tx, 'device', [deviceId]);
    return { ok: true };
  });
}
