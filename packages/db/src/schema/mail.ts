import { sql } from 'drizzle-orm';
import { check, index, integer, pgTable, text } from 'drizzle-orm/pg-core';
import { createdAt, id, idColumn, instant } from './columns.ts';
import { invitations, users } from './accounts.ts';
import { applications, delegations } from './accreditation.ts';
import { orders } from './orders.ts';
import { passes } from './passes.ts';
import { persons } from './persons.ts';
import { sealedText } from './sealed.ts';

export const mailKinds = [
  'order_paid',
  'order_refunded',
  'pass_sent',
  'pass_transferred',
  'exchange_offered',
  'confirmation_asked',
  'confirmation_reminder',
  'application_received',
  'application_asked',
  'application_approved',
  'application_rejected',
  'delegation_invited',
  'member_invited',
  'password_reset',
] as const;

/**
 * Mails to be sent, written in the transaction that is their reason and sent by the worker.
 * They name what they are about, not the words: a mail is written when it is sent, with no personal data kept here.
 */
export const mailOutbox = pgTable(
  'mail_outbox',
  {
    id: id(),
    kind: text('kind', { enum: mailKinds }).notNull(),
    /** What it is about: one of these. */
    orderId: idColumn('order_id').references(() => orders.id),
    passId: idColumn('pass_id').references(() => passes.id),
    applicationId: idColumn('application_id').references(() => applications.id),
    delegationId: idColumn('delegation_id').references(() => delegations.id),
    invitationId: text('invitation_id').references(() => invitations.id),
    userId: text('user_id').references(() => users.id),
    /** Who it goes to, where that is not the buyer or holder of what it is about. */
    toPersonId: idColumn('to_person_id').references(() => persons.id),
    /** A secret the mail carries in a link and that is kept as a hash elsewhere; gone once the mail is sent. */
    secret: sealedText('secret'),
    /** The same key is the same mail: written once. */
    dedupeKey: text('dedupe_key').notNull().unique(),
    state: text('state', { enum: ['queued', 'sent', 'failed'] })
      .notNull()
      .default('queued'),
    attempts: integer('attempts').notNull().default(0),
    nextAttemptAt: instant('next_attempt_at').notNull().defaultNow(),
    lastError: text('last_error'),
    sentAt: instant('sent_at'),
    createdAt: createdAt(),
  },
  (t) => [
    index('mail_outbox_due')
      .on(t.nextAttemptAt)
      .where(sql`${t.state} = 'queued'`),
    check(
      'mail_outbox_kind',
      sql`${t.kind} in ('order_paid','order_refunded','pass_sent','pass_transferred','exchange_offered','confirmation_asked','confirmation_reminder','application_received','application_asked','application_approved','application_rejected','delegation_invited','member_invited','password_reset')`,
    ),
    check(
      'mail_outbox_one_subject',
      sql`num_nonnulls(${t.orderId}, ${t.passId}, ${t.applicationId}, ${t.delegationId}, ${t.invitationId}, ${t.userId}) = 1`,
    ),
    check('mail_outbox_state', sql`${t.state} in ('queued','sent','failed')`),
  ],
);
