import type { SeatMapDocument } from '@catraca/domain/seat-map';
import { boolean, jsonb, pgTable } from 'drizzle-orm/pg-core';
import { idColumn, instant, version } from './columns.ts';
import { events } from './events.ts';

/** The hall as the organizer drew it: what `seats` are made of, with their places and names. */
export const seatMaps = pgTable('seat_maps', {
  eventId: idColumn('event_id')
    .primaryKey()
    .references(() => events.id),
  document: jsonb('document').$type<SeatMapDocument>().notNull(),
  /** A choice that leaves one seat alone between two taken ones is refused. */
  noSingleSeats: boolean('no_single_seats').notNull().default(true),
  version: version(),
  updatedAt: instant('updated_at').notNull().defaultNow(),
});
