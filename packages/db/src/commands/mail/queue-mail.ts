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

/** The mail that tells of one refund of an order, of which there may be several. */
export async function queueRefundMail(
  tx: Tx,
  orderId: bigint,
  refundId: bigint,
  now: Date,
): Promise<void> {
  await queueMails(
    tx,
    [{ kind: 'order_refunded', orderId, dedupeKey: `order_refunded:${orderId}:${refundId}` }],
    now,
  );
}

/** Mails about anything, each with the key by which it is sent once. */
export async function queueMails(
  tx: Tx,
  mails: readonly (MailAbout & { kind: MailKind; dedupeKey: string })[],
  now: Date,
): Promise<void> {
  for (const [, alike] of Map.groupBy(mails, (mail) => Object.keys(mail).sort().join()))
    await tx.execute(
      insertion(
        mailOutbox,
        alike.map((mail) => ({ ...mail, nextAttemptAt: now, createdAt: now })),
        sql`on conflict do nothing`,
      ),
    );
}

type MailAbout = Partial<Pick<typeof mailOutbox.$inferInsert, 'orderId' | 'passId' | 'toPersonId'>>;
