import { index, integer, pgTable, smallint, text } from 'drizzle-orm/pg-core';
import { photos } from './accreditation.ts';
import { createdAt, id, idColumn, instant } from './columns.ts';
import { events } from './events.ts';
import { sealedText } from './sealed.ts';

/**
 * Buyers and holders of one event. Who they are is sealed, here and in the tables of accreditation and confirmation, and nowhere in clear;
 * so it cannot be sorted or compared in a statement, and is found by blind grams (personal/find-people.ts).
 */
export const persons = pgTable(
  'persons',
  {
    id: id(),
    eventId: idColumn('event_id')
      .notNull()
      .references(() => events.id),
    name: sealedText('name').notNull(),
    email: sealedText('email'),
    /** Blind grams of name and e-mail (`searchGrams`), sorted. */
    searchIndex: integer('search_index').array().notNull(),
    /** Which of two names given apart is the later one: the higher (version, site). */
    nameVersion: integer('name_version').notNull().default(0),
    nameSite: smallint('name_site').notNull().default(0),
    photoId: idColumn('photo_id').references(() => photos.id),
    /** Since then nobody knows who it was: the counts stay, the person does not. */
    erasedAt: instant('erased_at'),
    /** What was written before names were sealed, until `sealClearPersons` has sealed it at the start of this version: read by nobody else. */
    nameClear: text('name_clear'),
    emailClear: text('email_clear'),
    createdAt: createdAt(),
  },
  (t) => [
    index('persons_event').on(t.eventId),
    index('persons_search').using('gin', t.searchIndex),
  ],
);
