import { and, eq, type SQL } from 'drizzle-orm';
import type { Tx } from '../../client.ts';
import { mailOutbox } from '../../schema/index.ts';
import type { MailSubject } from './outbox.ts';
import type { MailKind } from './queue-mail.ts';

export interface MailToQueue {
  kind: MailKind;
  about: Partial<MailSubject>;
  /** Mails of a kind with the same key are one. */
  key: string;
  /** What its link carries, where it carries a secret. Not for logs. */
  secret?: string;
  /** When it is sent at the earliest. */
  at: Date;
}

/** A mail about anything, sent by the worker once this transaction is committed. */
export async function queueMailAbout(tx: Tx, mail: MailToQueue): Promise<void> {
  const { kind, about, key, secret = null, at } = mail;
  await tx
    .insert(mailOutbox)
    .values({ kind, ...about, secret, dedupeKey: `${kind}:${key}`, nextAttemptAt: at })
    .onConflictDoNothing();
}

/** Takes mails back that nobody has begun to send. */
export async function takeBackMails(tx: Tx, which: SQL | undefined): Promise<void> {
  await tx
    .delete(mailOutbox)
    .where(and(which, eq(mailOutbox.state, 'queued'), eq(mailOutbox.attempts, 0)));
}
