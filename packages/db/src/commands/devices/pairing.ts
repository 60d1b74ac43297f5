import { assert } from '@catraca/domain';
import { eq } from 'drizzle-orm';
import type { Db, Tx } from '../../client.ts';
import { events, pairingCodes } from '../../schema/index.ts';
import { type Actor, writeAudit } from '../audit/write-audit.ts';
import { transact } from '../transact.ts';
import {
  deviceEnrolled,
  insertDevice,
  refusalOfPlaces,
  type DeviceRefusal,
  type DeviceRow,
} from './enrol-device.ts';
import { drawPairingCode, hashOfSecret, normalPairingCode } from './secrets.ts';

/** As long as a code is shown: enough to walk over and scan it. */
export const pairingTtlMs = 2 * 60_000;

/** A paired device works for a whole convention with its days of building up, and not for the next one. */
export const deviceTtlMs = 30 * 24 * 3_600_000;

export interface PairingRequest {
  eventId: bigint;
  deviceName: string;
  checkpointIds: readonly bigint[] | null;
  /** The member who shows the code. */
  createdBy: string;
}

export type CreatePairingResult =
  /** `code` is shown here and never again. Not for logs. */
  { ok: true; code: string; expiresAt: Date } | { ok: false; code: DeviceRefusal };

/** A code that enrols one device, once, within two minutes. */
export async function createPairingCode(
  db: Db,
  request: PairingRequest,
  now: Date,
  by: Actor | null = null,
): Promise<CreatePairingResult> {
  return transact<CreatePairingResult>(db, async (tx) => {
    const refusal = await refusalOfPlaces(tx, request);
    if (refusal) return { ok: false, code: refusal };
    const code = drawPairingCode();
    const expiresAt = new Date(now.getTime() + pairingTtlMs);
    const { eventId, deviceName, createdBy } = request;
    await tx.insert(pairingCodes).values({
      codeHash: hashOfSecret(normalPairingCode(code)),
      checkpointIds: request.checkpointIds && [...request.checkpointIds],
      eventId,
      deviceName,
      createdBy,
      expiresAt,
      createdAt: now,
    });
    if (by) {
      const entry = { action: 'device.createPairingCode', eventId, subjectKind: 'event' };
      const after = { deviceName, checkpointIds: request.checkpointIds };
      await writeAudit(tx, by, { ...entry, subjectId: eventId, after });
    }
    return { ok: true, code, expiresAt };
  });
}

export type RedeemPairingResult =
  | { ok: true; device: DeviceRow; token: string }
  | { ok: false; code: 'unknown_code' | 'code_expired' | 'code_used' };

/** Enrols a device by the code it has scanned. Of two devices with the same code one is enrolled. */
export async function redeemPairingCode(
  db: Db,
  request: { code: string; kind: DeviceRow['kind'] },
  now: Date,
): Promise<RedeemPairingResult> {
  const codeHash = hashOfSecret(normalPairingCode(request.code));
  return transact<RedeemPairingResult>(db, async (tx) => {
    const [pairing] = await tx
      .select()
      .from(pairingCodes)
      .where(eq(pairingCodes.codeHash, codeHash))
      .for('no key update');
    if (!pairing) return { ok: false, code: 'unknown_code' };
    if (pairing.usedByDeviceId !== null) return { ok: false, code: 'code_used' };
    if (pairing.expiresAt <= now) return { ok: false, code: 'code_expired' };
    const { eventId, deviceName, checkpointIds } = pairing;
    const expiresAt = new Date(now.getTime() + deviceTtlMs);
    const place = { eventId, name: deviceName, kind: request.kind, checkpointIds, expiresAt };
    const enrolled = await insertDevice(tx, place, now);
    await writeAudit(tx, await byCodeOf(tx, pairing), deviceEnrolled(enrolled.device));
    await tx
      .update(pairingCodes)
      .set({ usedByDeviceId: enrolled.device.id })
      .where(eq(pairingCodes.codeHash, codeHash));
    return { ok: true, ...enrolled };
  });
}

/** Whoever showed the code let the device in. */
async function byCodeOf(
  tx: Tx,
  { eventId, createdBy }: typeof pairingCodes.$inferSelect,
): Promise<Actor> {
  const [event] = await tx
    .select({ organizationId: events.organizationId })
    .from(events)
    .where(eq(events.id, eventId));
  assert(event, 'a pairing code is of an event');
  return { ...event, kind: 'member', id: createdBy, address: null, userAgent: null };
}
