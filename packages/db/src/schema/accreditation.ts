import type { BadgeDesign, Question } from '@catraca/domain/accreditation';
import { sql } from 'drizzle-orm';
import {
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  unique,
  uuid,
} from 'drizzle-orm/pg-core';
import { users } from './accounts.ts';
import { bytea, createdAt, id, idColumn, instant, version } from './columns.ts';
import { events } from './events.ts';
import { passTypes } from './pass-types.ts';
import { passes } from './passes.ts';
import { sealedBytes, sealedJson, sealedText } from './sealed.ts';

/** How a badge of some types looks: its size, and what stands where. */
export const badgeDesigns = pgTable('badge_designs', {
  id: id(),
  eventId: idColumn('event_id')
    .notNull()
    .references(() => events.id),
  name: text('name').notNull(),
  /** The types it is for; a type of no design gets the event's first. */
  typeIds: idColumn('type_ids')
    .array()
    .notNull()
    .default(sql`'{}'`),
  design: jsonb('design').$type<BadgeDesign>().notNull(),
  version: version(),
});

/** What an applicant for a credential type is asked, and until when. */
export const applicationForms = pgTable('application_forms', {
  typeId: idColumn('type_id')
    .primaryKey()
    .references(() => passTypes.id, { onDelete: 'cascade' }),
  /** Open to everybody with the form's address, not only to delegations. */
  isPublic: boolean('is_public').notNull().default(false),
  asksPhoto: boolean('asks_photo').notNull().default(true),
  asksDocument: boolean('asks_document').notNull().default(true),
  asksBirthDate: boolean('asks_birth_date').notNull().default(true),
  questions: jsonb('questions').$type<Question[]>().notNull().default([]),
  opensAt: instant('opens_at'),
  closesAt: instant('closes_at'),
  version: version(),
});

/** Who brings people to the event: an exhibitor, a newspaper, a supplier. It has a link of its own, whose SHA-256 is here. */
export const delegations = pgTable(
  'delegations',
  {
    id: id(),
    eventId: idColumn('event_id')
      .notNull()
      .references(() => events.id),
    name: text('name').notNull(),
    contactName: sealedText('contact_name'),
    contactEmail: sealedText('contact_email'),
    locale: text('locale', { enum: ['en', 'pt-br', 'es'] }).notNull(),
    linkHash: bytea('link_hash').notNull().unique(),
    state: text('state', { enum: ['open', 'closed'] })
      .notNull()
      .default('open'),
    version: version(),
    createdAt: createdAt(),
  },
  (t) => [
    unique('delegations_name').on(t.eventId, t.name),
    check('delegations_state', sql`${t.state} in ('open','closed')`),
    check('delegations_locale', sql`${t.locale} in ('en','pt-br','es')`),
  ],
);

/** How many people a delegation may bring with each type. `used` counts applications that are neither rejected nor withdrawn. */
export const delegationQuotas = pgTable(
  'delegation_quotas',
  {
    delegationId: idColumn('delegation_id')
      .notNull()
      .references(() => delegations.id, { onDelete: 'cascade' }),
    typeId: idColumn('type_id')
      .notNull()
      .references(() => passTypes.id),
    quantity: integer('quantity').notNull(),
    used: integer('used').notNull().default(0),
  },
  (t) => [
    primaryKey({ columns: [t.delegationId, t.typeId] }),
    check('delegation_quotas_never_exceeded', sql`${t.used} >= 0 and ${t.used} <= ${t.quantity}`),
  ],
);

/** A person's picture, cropped and made small before it is kept, with their consent. */
export const photos = pgTable('photos', {
  id: id(),
  eventId: idColumn('event_id')
    .notNull()
    .references(() => events.id),
  /** A JPEG. */
  picture: sealedBytes('picture').notNull(),
  width: smallint('width').notNull(),
  height: smallint('height').notNull(),
  consentAt: instant('consent_at').notNull(),
  createdAt: createdAt(),
});

/** A person who asks for a credential, until it is granted and afterwards. `asked`: something is to be mended by the applicant. */
export const applications = pgTable(
  'applications',
  {
    id: id(),
    publicId: uuid('public_id').notNull().unique().defaultRandom(),
    eventId: idColumn('event_id')
      .notNull()
      .references(() => events.id),
    typeId: idColumn('type_id')
      .notNull()
      .references(() => passTypes.id),
    delegationId: idColumn('delegation_id').references(() => delegations.id),
    state: text('state', { enum: ['submitted', 'asked', 'approved', 'rejected', 'withdrawn'] })
      .notNull()
      .default('submitted'),
    name: sealedText('name').notNull(),
    email: sealedText('email'),
    document: sealedText('document'),
    /** YYYY-MM-DD */
    birthDate: sealedText('birth_date'),
    answers: sealedJson<Record<string, string>>('answers').notNull(),
    /** Blind keys of who it is: equal ones are the same person applying twice. */
    documentKey: bytea('document_key'),
    nameBirthKey: bytea('name_birth_key'),
    /** Blind grams of name and e-mail, for the search. */
    searchIndex: integer('search_index').array().notNull(),
    photoId: idColumn('photo_id').references(() => photos.id),
    locale: text('locale', { enum: ['en', 'pt-br', 'es'] }).notNull(),
    /** What the applicant is told with the decision. */
    message: text('message').notNull().default(''),
    decidedBy: text('decided_by').references(() => users.id),
    decidedAt: instant('decided_at'),
    passId: idColumn('pass_id').references(() => passes.id),
    version: version(),
    createdAt: createdAt(),
  },
  (t) => [
    index('applications_queue').on(t.eventId, t.state, t.createdAt),
    index('applications_document').on(t.eventId, t.documentKey),
    index('applications_name_birth').on(t.eventId, t.nameBirthKey),
    index('applications_pass').on(t.passId),
    index('applications_delegation').on(t.delegationId),
    index('applications_search').using('gin', t.searchIndex),
    check(
      'applications_state',
      sql`${t.state} in ('submitted','asked','approved','rejected','withdrawn')`,
    ),
    check(
      'applications_approved_has_pass',
      sql`(${t.state} = 'approved') = (${t.passId} is not null)`,
    ),
    check('applications_locale', sql`${t.locale} in ('en','pt-br','es')`),
  ],
);
