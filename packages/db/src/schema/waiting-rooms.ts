import { sql } from 'drizzle-orm';
import {
  bigserial,
  check,
  index,
  integer,
  pgTable,
  smallint,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { bytea, idColumn, instant } from './columns.ts';
import { events } from './events.ts';

/**
 * The waiting room before an event's shop. Places are numbered: those that are there at `opensAt` by a draw, the others as
 * they come. Places up to `calledNo` have had their turn; it moves on as fast as the shop can serve.
 */
export const waitingRooms = pgTable(
  'waiting_rooms',
  {
    eventId: idColumn('event_id')
      .primaryKey()
      .references(() => events.id),
    /** When the draw is held and the first are called. */
    opensAt: instant('opens_at').notNull(),
    /** Called in a minute, at most. */
    perMinuteMax: integer('per_minute_max').notNull(),
    /** In the shop at the same time, at most. */
    shoppersMax: integer('shoppers_max').notNull(),
    /** How long one who was called may shop. */
    turnSeconds: integer('turn_seconds').notNull().default(900),
    /** Null until the draw was held. */
    drawnAt: instant('drawn_at'),
    lastNo: integer('last_no').notNull().default(0),
    calledNo: integer('called_no').notNull().default(0),
    calledAt: instant('called_at'),
    /** From then on the shop is open to all, as if there were no room. */
    closedAt: instant('closed_at'),
  },
  (t) => [
    check('waiting_rooms_limits', sql`${t.perMinuteMax} > 0 and ${t.shoppersMax} > 0`),
    check('waiting_rooms_turn', sql`${t.turnSeconds} between 60 and 3600`),
    check('waiting_rooms_called', sql`${t.calledNo} between 0 and ${t.lastNo}`),
    check('waiting_rooms_drawn_first', sql`${t.drawnAt} is not null or ${t.lastNo} = 0`),
  ],
);

/** One browser's place in a waiting room. Short-lived: no fact of a site, and gone when the room is. */
export const waitingPlaces = pgTable(
  'waiting_places',
  {
    id: bigserial('id', { mode: 'bigint' }).primaryKey(),
    publicId: uuid('public_id').notNull().unique().defaultRandom(),
    eventId: idColumn('event_id')
      .notNull()
      .references(() => waitingRooms.eventId, { onDelete: 'cascade' }),
    /** The number, from 1; null until the draw. */
    no: integer('no'),
    /** SHA-256 thumbprint (RFC 7638) of the key that only the browser has which took the place. */
    keyThumbprint: text('key_thumbprint').notNull(),
    /** Keyed hash of the network the browser came from. */
    networkKey: bytea('network_key').notNull(),
    /** 1 for a network's first place in this room, 2 for its second: the draw goes through all first ones first. */
    networkNo: smallint('network_no').notNull(),
    joinedAt: instant('joined_at').notNull(),
    calledAt: instant('called_at'),
    enteredAt: instant('entered_at'),
    /** Bought, gave up, or let the turn pass. */
    endedAt: instant('ended_at'),
  },
  (t) => [
    uniqueIndex('waiting_places_no')
      .on(t.eventId, t.no)
      .where(sql`${t.no} is not null`),
    uniqueIndex('waiting_places_browser').on(t.eventId, t.keyThumbprint),
    uniqueIndex('waiting_places_network').on(t.eventId, t.networkKey, t.networkNo),
    // Those in the shop, or called and not yet there.
    index('waiting_places_shopping')
      .on(t.eventId)
      .where(sql`${t.calledAt} is not null and ${t.endedAt} is null`),
    check('waiting_places_no', sql`${t.no} > 0`),
    check('waiting_places_network_no', sql`${t.networkNo} > 0`),
    check('waiting_places_called_by_number', sql`${t.calledAt} is null or ${t.no} is not null`),
    check(
      'waiting_places_entered_when_called',
      sql`${t.enteredAt} is null or ${t.calledAt} is not null`,
    ),
  ],
);
