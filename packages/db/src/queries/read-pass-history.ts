import { aliasedTable, and, desc, eq, or, sql } from 'drizzle-orm';
import type { DbOrTx } from '../client.ts';
import {
  areas,
  checkpoints,
  devices,
  mailOutbox,
  passChanges,
  payments,
  refunds,
  scans,
  sites,
  users,
} from '../schema/index.ts';

/** Scans of one pass that are read: a person is scanned a few dozen times, a copied code thousands of times. */
export const historyScansMax = 200;

/** What happened to a pass: its scans, its changes, and the mails and refunds of its order. Each newest first. */
export async function readPassHistory(
  db: DbOrTx,
  pass: { id: bigint; eventId: bigint },
  orderId: bigint | null,
) {
  const [scanned, changes, mails, returned] = await Promise.all([
    scansOf(db, pass),
    changesOf(db, pass.id),
    mailsOf(db, pass.id, orderId),
    orderId === null ? [] : refundsOf(db, orderId),
  ]);
  return { scans: scanned, changes, mails, refunds: returned };
}

export type PassHistory = Awaited<ReturnType<typeof readPassHistory>>;

function scansOf(db: DbOrTx, pass: { id: bigint; eventId: bigint }) {
  const toArea = aliasedTable(areas, 'to_area');
  return db
    .select({
      scanId: scans.scanId,
      // What a device decided alone was recorded later than it happened.
      at: sql<Date>`case when ${scans.alone} then ${scans.scannedAt} else ${scans.at} end`.mapWith(
        scans.at,
      ),
      scannedAt: scans.scannedAt,
      direction: scans.direction,
      verdict: scans.verdict,
      crossingNo: scans.crossingNo,
      checkpointName: checkpoints.name,
      deviceName: devices.name,
      toAreaName: toArea.name,
      /** Of the site that judged it. */
      siteName: sites.name,
    })
    .from(scans)
    .leftJoin(checkpoints, eq(checkpoints.id, scans.checkpointId))
    .leftJoin(devices, eq(devices.id, scans.deviceId))
    .leftJoin(toArea, eq(toArea.id, scans.toArea))
    .leftJoin(sites, eq(sites.number, scans.site))
    .where(and(eq(scans.eventId, pass.eventId), eq(scans.passId, pass.id)))
    .orderBy(desc(scans.at))
    .limit(historyScansMax);
}

function changesOf(db: DbOrTx, passId: bigint) {
  return db
    .select({
      kind: passChanges.kind,
      reason: passChanges.reason,
      at: passChanges.createdAt,
      memberName: users.name,
    })
    .from(passChanges)
    .leftJoin(users, eq(users.id, passChanges.userId))
    .where(eq(passChanges.passId, passId))
    .orderBy(desc(passChanges.id));
}

function mailsOf(db: DbOrTx, passId: bigint, orderId: bigint | null) {
  const ofOrder = orderId === null ? undefined : eq(mailOutbox.orderId, orderId);
  return db
    .select({ kind: mailOutbox.kind, sentAt: mailOutbox.sentAt })
    .from(mailOutbox)
    .where(and(or(eq(mailOutbox.passId, passId), ofOrder), eq(mailOutbox.state, 'sent')))
    .orderBy(desc(mailOutbox.sentAt));
}

function refundsOf(db: DbOrTx, orderId: bigint) {
  return db
    .select({
      amountMinor: refunds.amountMinor,
      currency: payments.currency,
      reason: refunds.reason,
      state: refunds.state,
      at: refunds.createdAt,
    })
    .from(refunds)
    .innerJoin(payments, eq(payments.id, refunds.paymentId))
    .where(eq(payments.orderId, orderId))
    .orderBy(desc(refunds.id));
}
