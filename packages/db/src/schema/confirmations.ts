import type { Question } from '@catraca/domain/accreditation';
import { integer, jsonb, pgTable, index } from 'drizzle-orm/pg-core';
import { idColumn, instant, version, type LocalizedText } from './columns.ts';
import { events } from './events.ts';
import { passes } from './passes.ts';
import { sealedJson } from './sealed.ts';

/** Before the event, holders confirm who they are and answer what the event asks. */
export const confirmationRounds = pgTable('confirmation_rounds', {
  eventId: idColumn('event_id')
    .primaryKey()
    .references(() => events.id),
  opensAt: instant('opens_at').notNull(),
  closesAt: instant('closes_at').notNull(),
  /** Where and when to come, in the organizer's words. */
  message: jsonb('message').$type<LocalizedText>().notNull(),
  questions: jsonb('questions').$type<Question[]>().notNull().default([]),
  version: version(),
});

/** How far a holder is. No row: not asked yet. */
export const confirmations = pgTable(
  'confirmations',
  {
    passId: idColumn('pass_id')
      .primaryKey()
      .references(() => passes.id),
    eventId: idColumn('event_id')
      .notNull()
      .references(() => events.id),
    askedAt: instant('asked_at'),
    remindedAt: instant('reminded_at'),
    reminders: integer('reminders').notNull().default(0),
    confirmedAt: instant('confirmed_at'),
    /** When the holder put their own name right, which they may once. */
    nameCorrectedAt: instant('name_corrected_at'),
    answers: sealedJson<Record<string, string>>('answers'),
  },
  (t) => [index('confirmations_event').on(t.eventId)],
);
