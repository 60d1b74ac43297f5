import { sql } from 'drizzle-orm';
import { check, index, integer, pgTable, text } from 'drizzle-orm/pg-core';
import { createdAt, id, idColumn, instant } from './columns.ts';
import { orders } from './orders.ts';

/**
 * Mails to be sent, written in the transaction that is their reason and sent by the worker.
 * They name the order, not the words: a mail is written when it is sent, with no personal data kept here.
 */
export const mailOutbox = pgTable(
  'mail_outbox',
  {
    id: id(),
    kind: text('kind', { enum: ['order_paid', 'order_refunded'] }).notNull(),
    orderId: idColumn('order_id')
      .notNull()
      .references(() => orders.id),
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
    check('mail_outbox_kind', sql`${t.kind} in ('order_paid','order_refunded')`),
    check('mail_outbox_state', sql`${t.state} in ('queued','sent','failed')`),
  ],
);
