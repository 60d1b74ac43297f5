import { and, eq } from 'drizzle-orm';
import type { Db } from '../../client.ts';
import { mailOutbox, orders } from '../../schema/index.ts';
import { type Actor, writeAudit } from '../audit/write-audit.ts';
import { transact } from '../transact.ts';
import type { MailKind } from './queue-mail.ts';

export type ResendMailResult =
  | { ok: true }
  | { ok: false; code: 'unknown_order' }
  /** It was never paid: there is nothing to tell. */
  | { ok: false; code: 'no_mail' }
  /** The mail is still on its way; a second one would only confuse. */
  | { ok: false; code: 'already_queued' };

const mailOf: Partial<Record<(typeof orders.$inferSelect)['state'], MailKind>> = {
  paid: 'order_paid',
  refunded: 'order_refunded',
};

/** Queues once more the mail that tells the buyer how the order stands. One that had failed is tried anew. */
export async function resendMail(
  db: Db,
  orderId: bigint,
  now: Date,
  by: Actor | null = null,
): Promise<ResendMailResult> {
  return transact<ResendMailResult>(db, async (tx) => {
    const [order] = await tx
      .select({ state: orders.state, eventId: orders.eventId })
      .from(orders)
      .where(eq(orders.id, orderId))
      .for('no key update');
    if (!order) return { ok: false, code: 'unknown_order' };
    const kind = mailOf[order.state];
    if (!kind) return { ok: false, code: 'no_mail' };
    const ofKind = and(eq(mailOutbox.orderId, orderId), eq(mailOutbox.kind, kind));
    const queued = await tx.$count(mailOutbox, and(ofKind, eq(mailOutbox.state, 'queued')));
    if (queued > 0) return { ok: false, code: 'already_queued' };
    const earlier = await tx.$count(mailOutbox, ofKind);
    // The first mail's key has no number; the order is locked, so two people cannot both write the second.
    const dedupeKey = `${kind}:${orderId}:${earlier + 1}`;
    const times = { nextAttemptAt: now, createdAt: now };
    await tx.insert(mailOutbox).values({ kind, orderId, dedupeKey, ...times });
    if (by) {
      const subject = { eventId: order.eventId, subjectKind: 'order', subjectId: orderId };
      await writeAudit(tx, by, { action: 'order.resendMail', ...subject, after: { mail: kind } });
    }
    return { ok: true };
  });
}
