import { sql } from 'drizzle-orm';
import {
  check,
  index,
  integer,
  pgTable,
  primaryKey,
  smallint,
  text,
  uuid,
} from 'drizzle-orm/pg-core';
import { createdAt, id, idColumn, instant } from './columns.ts';
import { events } from './events.ts';
import { passTypes } from './pass-types.ts';
import { sites } from './sites.ts';

/** Stock reserved for a short time: a buyer's cart. `publicId` is the secret the buyer's cookie carries. */
export const holds = pgTable(
  'holds',
  {
    id: id(),
    publicId: uuid('public_id').notNull().unique().defaultRandom(),
    eventId: idColumn('event_id')
      .notNull()
      .references(() => events.id),
    site: smallint('site')
      .notNull()
      .references(() => sites.number),
    state: text('state', { enum: ['active', 'sold', 'released', 'expired'] })
      .notNull()
      .default('active'),
    expiresAt: instant('expires_at').notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    check('holds_state', sql`${t.state} in ('active','sold','released','expired')`),
    index('holds_expiry')
      .on(t.expiresAt)
      .where(sql`${t.state} = 'active'`),
  ],
);

/** Units a hold has of each type; the seats among them are in `seat_claims`. */
export const holdLines = pgTable(
  'hold_lines',
  {
    holdId: idColumn('hold_id')
      .notNull()
      .references(() => holds.id),
    typeId: idColumn('type_id')
      .notNull()
      .references(() => passTypes.id),
    quantity: integer('quantity').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.holdId, t.typeId] }),
    check('hold_lines_quantity', sql`${t.quantity} > 0`),
  ],
);
