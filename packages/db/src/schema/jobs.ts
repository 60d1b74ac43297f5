import { sql } from 'drizzle-orm';
import { check, index, integer, jsonb, pgTable, text } from 'drizzle-orm/pg-core';
import { users } from './accounts.ts';
import { createdAt, id, idColumn, instant } from './columns.ts';
import { events } from './events.ts';
import { sealedJson } from './sealed.ts';

export const jobKinds = [
  'refund_event',
  'import_passes',
  'remind_holders',
  'ask_holders',
  'print_badges',
  'erase_event',
] as const;

/**
 * Long work that an organizer asked for and the worker does in steps, each in a transaction that moves `cursor` with it:
 * after a crash it goes on where it was. Its page shows `done` of `total`.
 */
export const jobs = pgTable(
  'jobs',
  {
    id: id(),
    eventId: idColumn('event_id')
      .notNull()
      .references(() => events.id),
    kind: text('kind', { enum: jobKinds }).notNull(),
    state: text('state', { enum: ['queued', 'running', 'stopped', 'done', 'failed'] })
      .notNull()
      .default('queued'),
    total: integer('total').notNull(),
    done: integer('done').notNull().default(0),
    failed: integer('failed').notNull().default(0),
    /** The last id that was worked on. */
    cursor: idColumn('cursor')
      .notNull()
      .default(sql`0`),
    /** What the kind needs to know; no personal data. */
    input: jsonb('input').$type<Record<string, unknown>>().notNull().default({}),
    /** What the kind works on where that is of people: the rows of an import. Gone when the job is over. */
    payload: sealedJson<unknown>('payload'),
    /** What could not be done, by code and id: shown beside the progress. At most a hundred. */
    problems: jsonb('problems').$type<{ id: string; code: string }[]>().notNull().default([]),
    userId: text('user_id').references(() => users.id),
    createdAt: createdAt(),
    finishedAt: instant('finished_at'),
  },
  (t) => [
    index('jobs_event').on(t.eventId, t.createdAt),
    index('jobs_due')
      .on(t.id)
      .where(sql`${t.state} in ('queued','running')`),
    check('jobs_state', sql`${t.state} in ('queued','running','stopped','done','failed')`),
    check(
      'jobs_kind',
      sql`${t.kind} in ('refund_event','import_passes','remind_holders','ask_holders','print_badges','erase_event')`,
    ),
    check(
      'jobs_counts',
      sql`${t.done} >= 0 and ${t.failed} >= 0 and ${t.done} + ${t.failed} <= ${t.total}`,
    ),
  ],
);
