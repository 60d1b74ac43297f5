import { sql } from 'drizzle-orm';
import { check, integer, pgTable, smallint, text } from 'drizzle-orm/pg-core';
import { id, idColumn, version } from './columns.ts';
import { events } from './events.ts';
import { sites } from './sites.ts';

/**
 * A capacity that several types share: a unit of each of them is also a unit of it. It is sold by one site alone, so what shares a
 * capacity is not split between sites.
 */
export const stockPools = pgTable(
  'stock_pools',
  {
    id: id(),
    eventId: idColumn('event_id')
      .notNull()
      .references(() => events.id),
    name: text('name').notNull(),
    site: smallint('site')
      .notNull()
      .references(() => sites.number),
    quantity: integer('quantity').notNull(),
    held: integer('held').notNull().default(0),
    sold: integer('sold').notNull().default(0),
    version: version(),
  },
  (t) => [
    check(
      'stock_pools_never_oversold',
      sql`${t.held} >= 0 and ${t.sold} >= 0 and ${t.held} + ${t.sold} <= ${t.quantity}`,
    ),
  ],
);
