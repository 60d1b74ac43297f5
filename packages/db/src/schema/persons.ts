import { index, integer, pgTable, smallint, text } from 'drizzle-orm/pg-core';
import { photos } from './accreditation.ts';
import { createdAt, id, idColumn, instant } from './columns.ts';
import { events } from './events.ts';

/**
 * Buyers and holders of one event. Personal data is in this table and in no other,
 * so that it can be encrypted, exported and erased in one place.
 */
export const persons = pgTable(
  'persons',
  {
    id: id(),
    eventId: idColumn('event_id')
      .notNull()
      .references(() => events.id),
    name: text('name').notNull(),
    email: text('email'),
    /** `name` without accents and case, for the search at desk and gate. */
    nameSearch: text('name_search').notNull(),
    /** Which of two names given apart is the later one: the higher (version, site). */
    nameVersion: integer('name_version').notNull().default(0),
    nameSite: smallint('name_site').notNull().default(0),
    photoId: idColumn('photo_id').references(() => photos.id),
    /** Since then nobody knows who it was: the counts stay, the person does not. */
    erasedAt: instant('erased_at'),
    createdAt: createdAt(),
  },
  (t) => [index('persons_event').on(t.eventId)],
);
