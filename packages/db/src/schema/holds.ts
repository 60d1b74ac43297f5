import { sql } from 'drizzle-orm';
import {
  bigint,
  check,
  index,
  integer,
  pgTable,
  primaryKey,
  smallint,
  text,
  uuid,
  type AnyPgColumn,
} from 'drizzle-orm/pg-core';
import { bytea, createdAt, id, idColumn, instant } from './columns.ts';
import { events } from './events.ts';
import { passTypes } from './pass-types.ts';
import { sites } from './sites.ts';
import { vouchers } from './vouchers.ts';
import { waitingPlaces } from './waiting-rooms.ts';

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
    /** Keyed hash of the network the buyer came from; null for a desk. */
    networkKey: bytea('network_key'),
    /** Null where there is no waiting room, and for a desk. */
    waitingPlaceId: bigint('waiting_place_id', { mode: 'bigint' }).references(
      () => waitingPlaces.id,
      { onDelete: 'set null' },
    ),
    /** The code it was placed with; its units are reserved when it becomes an order. */
    voucherId: idColumn('voucher_id').references((): AnyPgColumn => vouchers.id),
    createdAt: createdAt(),
  },
  (t) => [
    check('holds_state', sql`${t.state} in ('active','sold','released','expired')`),
    // What a network has, for the event's limit.
    index('holds_network')
      .on(t.eventId, t.networkKey)
      .where(sql`${t.networkKey} is not null and ${t.state} in ('active','sold')`),
    index('holds_waiting_place')
      .on(t.waitingPlaceId)
      .where(sql`${t.waitingPlaceId} is not null`),
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
