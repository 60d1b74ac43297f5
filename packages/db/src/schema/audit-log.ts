import { bigserial, index, inet, jsonb, pgTable, smallint, text, uuid } from 'drizzle-orm/pg-core';
import { idColumn, instant } from './columns.ts';

/**
 * Who did what to what: rows are inserted with the change they tell of and stay for ever (a trigger refuses everything else).
 * No foreign keys, so that nothing it names must stay. `before` and `after` hold no personal data: of a person's name or e-mail it says
 * only that it was changed.
 */
export const auditLog = pgTable(
  'audit_log',
  {
    /** At this site. */
    id: bigserial('id', { mode: 'bigint' }).primaryKey(),
    /** At every site: an act at an event that is shared is in the logs of both. */
    key: uuid('key').notNull().unique().defaultRandom(),
    at: instant('at').notNull().defaultNow(),
    /** Where it was done. */
    site: smallint('site').notNull(),
    organizationId: text('organization_id').notNull(),
    eventId: idColumn('event_id'),
    /** `member`, or `system` for the worker and the console. */
    actorKind: text('actor_kind', { enum: ['member', 'device', 'system'] }).notNull(),
    /** The member's user id, or the device's id. */
    actorId: text('actor_id'),
    /** `noun.verb`, as the API's procedures are called. */
    action: text('action').notNull(),
    subjectKind: text('subject_kind').notNull(),
    subjectId: text('subject_id').notNull(),
    before: jsonb('before').$type<Record<string, unknown>>(),
    after: jsonb('after').$type<Record<string, unknown>>(),
    address: inet('address'),
    userAgent: text('user_agent'),
  },
  (t) => [
    index('audit_log_organization').on(t.organizationId, t.at, t.id),
    index('audit_log_event').on(t.eventId, t.at, t.id),
    index('audit_log_subject').on(t.subjectKind, t.subjectId, t.at, t.id),
  ],
);
