import { and, eq, lte } from 'drizzle-orm';
import type { Db } from '../../client.ts';
import { mailOutbox } from '../../schema/index.ts';
import { nextAttempt } from '../retry.ts';
import { transact } from '../transact.ts';
import type { MailKind } from './queue-mail.ts';

/** After so many attempts, some thirty hours, a mail server's answer is taken for its last word. */
export const mailAttemptsMax = 40;

type OutboxRow = typeof mailOutbox.$inferSelect;

/** What a mail is about: the id its kind speaks of, the others are null. */
export type MailSubject = Pick<
  OutboxRow,
  'orderId' | 'passId' | 'applicationId' | 'delegationId' | 'invitationId' | 'userId' | 'toPersonId'
>;

export interface DueMail extends MailSubject {
  mailId: bigint;
  kind: MailKind;
  /** What its link carries, where a link must carry a secret. Not for logs. */
  secret: string | null;
  /** This time included. */
  attempts: number;
}

/**
 * Takes at most `limit` mails that are due. One that neither `markMailSent` nor `markMailFailed` follows, because the
 * worker died, comes again later: a mail may be sent twice then, and is never lost. Two workers never take the same one.
 */
export async function takeDueMails(db: Db, now: Date, limit: number): Promise<DueMail[]> {
  return transact<DueMail[]>(db, async (tx) => {
    const due = await tx
      .select()
      .from(mailOutbox)
      .where(and(eq(mailOutbox.state, 'queued'), lte(mailOutbox.nextAttemptAt, now)))
      .orderBy(mailOutbox.nextAttemptAt)
      .limit(limit)
      .for('no key update', { skipLocked: true });
    for (const { id, attempts } of due) {
      await tx
        .update(mailOutbox)
        .set({ attempts: attempts + 1, nextAttemptAt: nextAttempt(attempts + 1, now) })
        .where(eq(mailOutbox.id, id));
    }
    return due.map(asDue);
  });
}

function asDue(row: OutboxRow): DueMail {
  const { orderId, passId, applicationId, delegationId, invitationId, userId, toPersonId } = row;
  return {
    ...{ orderId, passId, applicationId, delegationId, invitationId, userId, toPersonId },
    mailId: row.id,
    kind: row.kind,
    secret: row.secret,
    attempts: row.attempts + 1,
  };
}

export async function markMailSent(db: Db, mailId: bigint, now: Date): Promise<void> {
  await db
    .update(mailOutbox)
    .set({ state: 'sent', sentAt: now, lastError: null, secret: null })
    .where(eq(mailOutbox.id, mailId));
}

/** The length of what is kept of a mail server's answer. */
const errorLengthMax = 500;

/** `error`: the server's answer, without an address in it. The mail comes again when its time is due, or never more. */
export async function markMailFailed(db: Db, mail: DueMail, error: string): Promise<void> {
  await db
    .update(mailOutbox)
    .set({
      lastError: error.slice(0, errorLengthMax),
      state: mail.attempts >= mailAttemptsMax ? 'failed' : 'queued',
    })
    .where(and(eq(mailOutbox.id, mail.mailId), eq(mailOutbox.state, 'queued')));
}
