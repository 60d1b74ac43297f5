import { sql } from 'drizzle-orm';
import { check, index, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { users } from './accounts.ts';
import { createdAt, id, idColumn, instant, minorUnits } from './columns.ts';
import { orders } from './orders.ts';
import { passTypes } from './pass-types.ts';
import { passes } from './passes.ts';
import { seats } from './seats.ts';

/**
 * A ticket that becomes one of another type or seat. Dearer ones wait for an order of the difference (`waiting`), which has the new
 * unit; the change is made with its payment. Cheaper ones pay the difference back.
 */
export const passExchanges = pgTable(
  'pass_exchanges',
  {
    id: id(),
    passId: idColumn('pass_id')
      .notNull()
      .references(() => passes.id),
    fromTypeId: idColumn('from_type_id')
      .notNull()
      .references(() => passTypes.id),
    toTypeId: idColumn('to_type_id')
      .notNull()
      .references(() => passTypes.id),
    fromSeatId: idColumn('from_seat_id').references(() => seats.id),
    toSeatId: idColumn('to_seat_id').references(() => seats.id),
    /** To pay when above 0, to give back when below; 0 when it was waived. */
    differenceMinor: minorUnits('difference_minor').notNull(),
    state: text('state', { enum: ['waiting', 'done', 'lapsed'] }).notNull(),
    /** The order of the difference. */
    orderId: idColumn('order_id').references(() => orders.id),
    userId: text('user_id').references(() => users.id),
    createdAt: createdAt(),
    settledAt: instant('settled_at'),
  },
  (t) => [
    index('pass_exchanges_pass').on(t.passId),
    uniqueIndex('pass_exchanges_one_waits')
      .on(t.passId)
      .where(sql`${t.state} = 'waiting'`),
    uniqueIndex('pass_exchanges_order').on(t.orderId),
    check('pass_exchanges_state', sql`${t.state} in ('waiting','done','lapsed')`),
    check(
      'pass_exchanges_waits_for_an_order',
      sql`${t.state} <> 'waiting' or (${t.differenceMinor} > 0 and ${t.orderId} is not null)`,
    ),
  ],
);
