import type { Tx } from '../../client.ts';
import { mailOutbox } from '../../schema/index.ts';

export type MailKind = (typeof mailOutbox.$inferSelect)['kind'];

/** A mail about an order, sent by the worker once this transaction is committed. The same mail is queued once. */
export async function queueMail(tx: Tx, kind: MailKind, orderId: bigint, now: Date): Promise<void> {
  await tx
    .insert(mailOutbox)
    .values({ kind, orderId, dedupeKey: `${kind}:${orderId}`, nextAttemptAt: now, createdAt: now })
    .onConflictDoNothing();
}
