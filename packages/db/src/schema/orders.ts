import { sql } from 'drizzle-orm';
import {
  boolean,
  check,
  index,
  pgTable,
  smallint,
  text,
  unique,
  uuid,
  type AnyPgColumn,
} from 'drizzle-orm/pg-core';
import { bytea, createdAt, id, idColumn, instant, minorUnits } from './columns.ts';
import { events } from './events.ts';
import { holds } from './holds.ts';
import { passTypes } from './pass-types.ts';
import { persons } from './persons.ts';
import { seats } from './seats.ts';
import { sites } from './sites.ts';
import { vouchers } from './vouchers.ts';

/**
 * `pending` waits for its payment; `paid` has its passes; `refunded` got its money back
 * (with `closedReason`); `cancelled` was never paid.
 */
export const orders = pgTable(
  'orders',
  {
    id: id(),
    publicId: uuid('public_id').notNull().unique().defaultRandom(),
    /** Short and speakable, for mails and the desk; not a secret and opens nothing. */
    reference: text('reference').notNull().unique(),
    eventId: idColumn('event_id')
      .notNull()
      .references(() => events.id),
    site: smallint('site')
      .notNull()
      .references(() => sites.number),
    holdId: idColumn('hold_id')
      .unique()
      .references(() => holds.id),
    buyerId: idColumn('buyer_id')
      .notNull()
      .references(() => persons.id),
    /** Keyed hash of the buyer's e-mail address; null for orders without one. */
    buyerKey: bytea('buyer_key'),
    state: text('state', { enum: ['pending', 'paid', 'refunded', 'cancelled'] })
      .notNull()
      .default('pending'),
    closedReason: text('closed_reason'),
    currency: text('currency').notNull(),
    totalMinor: minorUnits('total_minor').notNull(),
    paidMinor: minorUnits('paid_minor').notNull().default(0),
    /** Of what was paid, what went back or is on its way back for parts of it. */
    refundedMinor: minorUnits('refunded_minor').notNull().default(0),
    locale: text('locale', { enum: ['en', 'pt-br', 'es'] }).notNull(),
    createdAt: createdAt(),
    paidAt: instant('paid_at'),
  },
  (t) => [
    index('orders_event').on(t.eventId, t.createdAt),
    index('orders_buyer').on(t.buyerId),
    // What a buyer has, for the event's limit.
    index('orders_buyer_key')
      .on(t.eventId, t.buyerKey)
      .where(sql`${t.buyerKey} is not null and ${t.state} in ('pending','paid')`),
    check('orders_state', sql`${t.state} in ('pending','paid','refunded','cancelled')`),
    check('orders_locale', sql`${t.locale} in ('en','pt-br','es')`),
    check('orders_refunded', sql`${t.refundedMinor} between 0 and ${t.paidMinor}`),
    check('orders_total', sql`${t.totalMinor} >= 0`),
    // No ticket without payment: an order becomes `paid` only with the whole amount.
    check(
      'orders_paid_in_full',
      sql`${t.state} <> 'paid' or (${t.paidMinor} = ${t.totalMinor} and ${t.paidAt} is not null)`,
    ),
    check(
      'orders_closed_reason',
      sql`${t.state} not in ('refunded','cancelled') or ${t.closedReason} is not null`,
    ),
  ],
);

/** One line a unit: a seat or a ticket is one pass, a group ticket several. Prices are those of the moment. */
export const orderLines = pgTable(
  'order_lines',
  {
    id: id(),
    orderId: idColumn('order_id')
      .notNull()
      .references(() => orders.id),
    no: smallint('no').notNull(),
    typeId: idColumn('type_id')
      .notNull()
      .references(() => passTypes.id),
    seatId: idColumn('seat_id').references((): AnyPgColumn => seats.id),
    priceMinor: minorUnits('price_minor').notNull(),
    feeMinor: minorUnits('fee_minor').notNull(),
    /** What a code took off; `priceMinor` is what is left. */
    discountMinor: minorUnits('discount_minor').notNull().default(0),
    /** Tax in price and fee. */
    taxMinor: minorUnits('tax_minor').notNull().default(0),
    voucherId: idColumn('voucher_id').references((): AnyPgColumn => vouchers.id),
    /** Of price and fee, what went back. */
    refundedMinor: minorUnits('refunded_minor').notNull().default(0),
    /** A unit of stock and its passes stand behind it. False once they were taken back, and for the difference of an exchange. */
    hasUnit: boolean('has_unit').notNull().default(true),
  },
  (t) => [
    unique('order_lines_no').on(t.orderId, t.no),
    check(
      'order_lines_price',
      sql`${t.priceMinor} >= 0 and ${t.feeMinor} >= 0 and ${t.discountMinor} >= 0 and ${t.taxMinor} >= 0`,
    ),
    check(
      'order_lines_refunded',
      sql`${t.refundedMinor} between 0 and ${t.priceMinor} + ${t.feeMinor}`,
    ),
  ],
);

/** Who will hold the passes of a line, as the buyer said; copied onto the passes when they are issued. */
export const orderHolders = pgTable(
  'order_holders',
  {
    id: id(),
    orderLineId: idColumn('order_line_id')
      .notNull()
      .references(() => orderLines.id),
    no: smallint('no').notNull(),
    personId: idColumn('person_id')
      .notNull()
      .references(() => persons.id),
  },
  (t) => [
    unique('order_holders_no').on(t.orderLineId, t.no),
    index('order_holders_person').on(t.personId),
  ],
);
