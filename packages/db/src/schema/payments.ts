import { sql } from 'drizzle-orm';
import { check, index, integer, pgTable, primaryKey, text, unique } from 'drizzle-orm/pg-core';
import { bytea, createdAt, id, idColumn, instant, minorUnits } from './columns.ts';
import { orderLines, orders } from './orders.ts';

/**
 * One attempt to collect an order's money. `providerRef` is the provider's own id of it.
 * `refused`: money arrived, but not the amount or the currency that was asked for (`received…` says what did):
 * it buys nothing and goes back.
 */
export const payments = pgTable(
  'payments',
  {
    id: id(),
    orderId: idColumn('order_id')
      .notNull()
      .references(() => orders.id),
    provider: text('provider', { enum: ['test', 'stripe', 'free'] }).notNull(),
    providerRef: text('provider_ref').notNull(),
    amountMinor: minorUnits('amount_minor').notNull(),
    currency: text('currency').notNull(),
    /** Keyed hash of the card's fingerprint, where the provider tells one. */
    cardKey: bytea('card_key'),
    receivedMinor: minorUnits('received_minor'),
    receivedCurrency: text('received_currency'),
    state: text('state', { enum: ['pending', 'succeeded', 'failed', 'refused'] })
      .notNull()
      .default('pending'),
    createdAt: createdAt(),
    settledAt: instant('settled_at'),
  },
  (t) => [
    unique('payments_provider_ref').on(t.provider, t.providerRef),
    index('payments_order').on(t.orderId),
    // What a card has paid for, for the event's limit.
    index('payments_card')
      .on(t.cardKey)
      .where(sql`${t.cardKey} is not null and ${t.state} = 'succeeded'`),
    check('payments_provider', sql`${t.provider} in ('test','stripe','free')`),
    check('payments_state', sql`${t.state} in ('pending','succeeded','failed','refused')`),
    check(
      'payments_refused_says_why',
      sql`(${t.state} = 'refused') = (${t.receivedMinor} is not null and ${t.receivedCurrency} is not null)`,
    ),
    check('payments_amount', sql`${t.amountMinor} >= 0`),
    check('payments_free_is_free', sql`${t.provider} <> 'free' or ${t.amountMinor} = 0`),
  ],
);

/** Money that goes back. Asked for in the same transaction as its reason; the worker carries it out until it succeeds. */
export const refunds = pgTable(
  'refunds',
  {
    id: id(),
    paymentId: idColumn('payment_id')
      .notNull()
      .references(() => payments.id),
    amountMinor: minorUnits('amount_minor').notNull(),
    reason: text('reason', {
      enum: ['hold_expired', 'paid_twice', 'wrong_amount', 'over_limit', 'requested'],
    }).notNull(),
    state: text('state', { enum: ['requested', 'succeeded'] })
      .notNull()
      .default('requested'),
    providerRef: text('provider_ref'),
    /** The line it is for, where not the whole order goes back. */
    orderLineId: idColumn('order_line_id').references(() => orderLines.id),
    attempts: integer('attempts').notNull().default(0),
    nextAttemptAt: instant('next_attempt_at').notNull().defaultNow(),
    createdAt: createdAt(),
    settledAt: instant('settled_at'),
  },
  (t) => [
    index('refunds_payment').on(t.paymentId),
    index('refunds_due')
      .on(t.nextAttemptAt)
      .where(sql`${t.state} = 'requested'`),
    check('refunds_amount', sql`${t.amountMinor} > 0`),
    check('refunds_state', sql`${t.state} in ('requested','succeeded')`),
    check(
      'refunds_reason',
      sql`${t.reason} in ('hold_expired','paid_twice','wrong_amount','over_limit','requested')`,
    ),
  ],
);

/** Webhook events already handled: a provider sends the same one more than once. */
export const webhookReceipts = pgTable(
  'webhook_receipts',
  {
    provider: text('provider').notNull(),
    eventRef: text('event_ref').notNull(),
    receivedAt: instant('received_at').notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.provider, t.eventRef] })],
);
