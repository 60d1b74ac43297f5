import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgSequence,
  pgTable,
  primaryKey,
  smallint,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { idColumn, instant, xid8 } from './columns.ts';
import { events } from './events.ts';
import { sites } from './sites.ts';

/** `sales`: what was sold, granted, changed, given and configured. `scans`: one fact for each batch of the gate. */
export const streams = ['sales', 'scans'] as const;

/** No cache: of two transactions that follow each other, the later one has the higher number. */
export const journalSeq = pgSequence('journal_seq', { cache: 1 });

/**
 * This site's own facts, written in the transaction of the change they tell of and never edited, but for their number:
 * `no` is given later, without gaps for each event and stream, once it is certain that none with a lower `seq` will follow
 * (`settle_journal`, see the migrations). `seq` alone is the order of causes, but not of commits.
 */
export const journal = pgTable(
  'journal',
  {
    seq: bigint('seq', { mode: 'bigint' })
      .primaryKey()
      .default(sql`next_fact()`),
    /** No foreign key: the gate writes here with every batch, and would lock its event's row each time. */
    eventId: idColumn('event_id').notNull(),
    stream: text('stream', { enum: streams }).notNull(),
    no: integer('no'),
    id: uuid('id').notNull().defaultRandom(),
    kind: text('kind').notNull(),
    /** Null for a batch of scans: it is the scans of that event with that very `at`. */
    body: jsonb('body'),
    at: instant('at').notNull(),
  },
  (t) => [
    uniqueIndex('journal_no')
      .on(t.eventId, t.stream, t.no)
      .where(sql`${t.no} is not null`),
    index('journal_unnumbered')
      .on(t.eventId, t.stream, t.seq)
      .where(sql`${t.no} is null`),
    check('journal_stream', sql`${t.stream} in ('sales','scans')`),
    check('journal_no_positive', sql`${t.no} > 0`),
  ],
);

/** One row: up to which `seq` the journal is complete, and up to which it will be once the transactions before `pendingXmax` are over. */
export const journalHorizon = pgTable(
  'journal_horizon',
  {
    one: boolean('one').primaryKey().default(true),
    settledSeq: bigint('settled_seq', { mode: 'bigint' })
      .notNull()
      .default(sql`0`),
    pendingSeq: bigint('pending_seq', { mode: 'bigint' })
      .notNull()
      .default(sql`0`),
    pendingXmax: xid8('pending_xmax')
      .notNull()
      .default(sql`'0'`),
  },
  (t) => [check('journal_horizon_one', sql`${t.one}`)],
);

/** The last fact taken of each stream of another site: taken twice, a fact has its effect once. */
export const journalCursors = pgTable(
  'journal_cursors',
  {
    eventId: idColumn('event_id')
      .notNull()
      .references(() => events.id),
    stream: text('stream', { enum: streams }).notNull(),
    /** Who wrote the facts. */
    site: smallint('site')
      .notNull()
      .references(() => sites.number),
    no: integer('no').notNull(),
    factId: uuid('fact_id').notNull(),
  },
  (t) => [primaryKey({ columns: [t.eventId, t.stream, t.site] })],
);
