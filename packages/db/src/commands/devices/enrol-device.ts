import { eq, inArray } from 'drizzle-orm';
import type { Db, DbOrTx, Tx } from '../../client.ts';
import { checkpoints, devices, events } from '../../schema/index.ts';
import { type Actor, type AuditEntry, writeAudit } from '../audit/write-audit.ts';
import { notify } from '../notify.ts';
import { record } from '../../sync/record-facts.ts';
import { transact } from '../transact.ts';
import { drawDeviceToken } from './secrets.ts';

export type DeviceRow = typeof devices.$inferSelect;

export interface DeviceRequest {
  eventId: bigint;
  name: string;
  kind: DeviceRow['kind'];
  /** Where it may scan; null for every checkpoint of the event. */
  checkpointIds: readonly bigint[] | null;
  /** The member who signed in on it, if one did. */
  userId?: string | null | undefined;
  expiresAt: Date;
}

export type EnrolDeviceResult =
  /** `token` is shown here and never again. Not for logs. */
  { ok: true; device: DeviceRow; token: string } | { ok: false; code: DeviceRefusal };

/** `unknown_checkpoint`: one of them is of another event, or of none. */
export type DeviceRefusal = 'unknown_event' | 'unknown_checkpoint';

export async function enrolDevice(
  db: Db,
  request: DeviceRequest,
  now: Date,
  by: Actor | null = null,
): Promise<EnrolDeviceResult> {
  return transact<EnrolDeviceResult>(db, async (tx) => {
    const refusal = await refusalOfPlaces(tx, request);
    if (refusal) return { ok: false, code: refusal };
    const enrolled = await insertDevice(tx, request, now);
    if (by) await writeAudit(tx, by, deviceEnrolled(enrolled.device));
    return { ok: true, ...enrolled };
  });
}

/** What the audit log says of a device that was enrolled. */
export function deviceEnrolled(device: DeviceRow): AuditEntry {
  const { id: subjectId, eventId, name, kind, checkpointIds, expiresAt } = device;
  return {
    ...{ action: 'device.enrol', eventId, subjectKind: 'device', subjectId },
    after: { name, kind, checkpointIds, expiresAt },
  };
}

export async function insertDevice(
  tx: Tx,
  request: DeviceRequest,
  now: Date,
): Promise<{ device: DeviceRow; token: string }> {
  const { token, hash } = drawDeviceToken();
  const [device] = await tx
    .insert(devices)
    .values({
      eventId: request.eventId,
      name: request.name,
      kind: request.kind,
      checkpointIds: request.checkpointIds && [...request.checkpointIds],
      userId: request.userId ?? null,
      expiresAt: request.expiresAt,
      tokenHash: hash,
      createdAt: now,
    })
    .returning();
  if (!device) throw new Error('a device was not written');
  await notify(tx, { kind: 'device', deviceId: String(device.id) });
  await record(tx, 'device', [device.id]);
  return { device, token };
}

export async function refusalOfPlaces(
  db: DbOrTx,
  place: { eventId: bigint; checkpointIds: readonly bigint[] | null },
): Promise<DeviceRefusal | undefined> {
  const [event] = await db
    .select({ id: events.id })
    .from(events)
    .where(eq(events.id, place.eventId));
  if (!event) return 'unknown_event';
  if (!place.checkpointIds) return undefined;
  const wanted = new Set(place.checkpointIds);
  const known = await db
    .select({ eventId: checkpoints.eventId })
    .from(checkpoints)
    .where(inArray(checkpoints.id, [...wanted]));
  const allHere = known.every(({ eventId }) => eventId === place.eventId);
  return known.length === wanted.size && allHere ? undefined : 'unknown_checkpoint';
}
