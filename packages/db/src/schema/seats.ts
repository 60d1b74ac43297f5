import { sql } from 'drizzle-orm';
import {
  boolean,
  check,
  index,
  integer,
  pgTable,
  real,
  smallint,
  text,
  unique,
} from 'drizzle-orm/pg-core';
import { idColumn, id, instant } from './columns.ts';
import { events } from './events.ts';
import { orderLines } from './orders.ts';
import { holds } from './holds.ts';
import { passTypes } from './pass-types.ts';
import { sites } from './sites.ts';

/** Places on the seat map of a seated type, in seat map units (x right, y down, the stage at the top). */
export const seats = pgTable(
  'seats',
  {
    id: id(),
    eventId: idColumn('event_id')
      .notNull()
      .references(() => events.id),
    typeId: idColumn('type_id')
      .notNull()
      .references(() => passTypes.id),
    /** The one site that may sell it. */
    site: smallint('site')
      .notNull()
      .references(() => sites.number),
    section: text('section').notNull(),
    row: text('row').notNull(),
    number: integer('number').notNull(),
    x: real('x').notNull(),
    y: real('y').notNull(),
    accessible: boolean('accessible').notNull().default(false),
    /** For somebody who comes with the person on an accessible seat. */
    companion: boolean('companion').notNull().default(false),
    /** Kept from sale by the organizer, or no longer on the map while somebody has it. */
    outOfSale: boolean('out_of_sale').notNull().default(false),
    /** The item of the seat map it was made of; null for seats that no map has. */
    mapItem: text('map_item'),
  },
  (t) => [
    unique('seats_place').on(t.eventId, t.section, t.row, t.number),
    index('seats_type').on(t.typeId),
  ],
);

/** Who has a seat: its primary key is why a seat cannot be sold twice. A free seat has no row. */
export const seatClaims = pgTable(
  'seat_claims',
  {
    seatId: idColumn('seat_id')
      .primaryKey()
      .references(() => seats.id),
    holdId: idColumn('hold_id').references(() => holds.id),
    orderLineId: idColumn('order_line_id').references(() => orderLines.id),
    since: instant('since').notNull().defaultNow(),
  },
  (t) => [
    index('seat_claims_hold').on(t.holdId),
    index('seat_claims_line').on(t.orderLineId),
    check('seat_claims_held_or_sold', sql`(${t.holdId} is null) <> (${t.orderLineId} is null)`),
  ],
);
