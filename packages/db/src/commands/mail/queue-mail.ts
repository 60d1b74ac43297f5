import { sql, type SQL } from 'drizzle-orm';
import type { Tx } from '../../client.ts';
import { insertion } from '../../rows.ts';
import { mailOutbox } from '../../schema/index.ts';

export type MailKind = (typeof mailOutbox.$inferSelect)['kind'];

/** A mail about an order, sent by the worker once this transaction is committed. The same mail is queued once. */
export async function queueMail(tx: Tx, kind: MailKind, orderId: bigint, now: Date): Promise<void> {
  await tx.execute(mailsInQueue(kind, [{ orderId, now }]));
}

/** The statement of `queueMail`, for many orders. */
export function mailsInQueue(
  kind: MailKind,
  mails: readonly { orderId: bigint; now: Date }[],
): SQL {
  const rows = mails.map(({ orderId, now }) => ({
    ...{ kind, orderId, dedupeKey: `${kind}:${orderId}`, nextAttemptAt: now, createdAt: now },
  }));
  return insertion(mailOutbox, rows, sql`on conflict do nothing`);
}
