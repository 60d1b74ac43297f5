import { sql } from 'drizzle-orm';
import {
  check,
  date,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  uuid,
} from 'drizzle-orm/pg-core';
import { organizations } from './accounts.ts';
import { createdAt, id, idColumn, instant, version, type LocalizedText } from './columns.ts';

/** How the storefront dresses an event: its own picture and colours. Paths are below `/`, colours are CSS. */
export interface EventLook {
  posterPath: string | null;
  accent: string;
  ink: string;
}

export const events = pgTable(
  'events',
  {
    id: id(),
    organizationId: text('organization_id')
      .notNull()
      .references(() => organizations.id),
    slug: text('slug').notNull().unique(),
    name: text('name').notNull(),
    tagline: jsonb('tagline').$type<LocalizedText>().notNull(),
    description: jsonb('description').$type<LocalizedText>().notNull(),
    venueName: text('venue_name').notNull(),
    venueAddress: text('venue_address').notNull(),
    timeZone: text('time_zone').notNull(),
    currency: text('currency').notNull(),
    look: jsonb('look').$type<EventLook>().notNull(),
    status: text('status', { enum: ['draft', 'published', 'closed', 'archived'] })
      .notNull()
      .default('draft'),
    /** Languages its pages are offered in, of those the storefront has. */
    languages: text('languages')
      .array()
      .notNull()
      .default(sql`'{en,pt-br,es}'`),
    /** Days after its last day until personal data of the event is erased; null keeps it. */
    retentionDays: integer('retention_days'),
    holdTtlSeconds: integer('hold_ttl_seconds').notNull().default(600),
    /*
     * Units of the whole event that one e-mail address, one payment card or one network may have, held and sold together;
     * null is without limit. A bot with five hundred sessions has one network.
     */
    unitsPerBuyerMax: integer('units_per_buyer_max'),
    unitsPerCardMax: integer('units_per_card_max'),
    unitsPerNetworkMax: integer('units_per_network_max'),
    version: version(),
    createdAt: createdAt(),
  },
  (t) => [
    check('events_status', sql`${t.status} in ('draft','published','closed','archived')`),
    check('events_currency', sql`${t.currency} ~ '^[A-Z]{3}$'`),
    check(
      'events_units_max',
      sql`${t.unitsPerBuyerMax} > 0 and ${t.unitsPerCardMax} > 0 and ${t.unitsPerNetworkMax} > 0`,
    ),
    check(
      'events_languages',
      sql`${t.languages} <@ '{en,pt-br,es}' and cardinality(${t.languages}) > 0`,
    ),
    check('events_retention', sql`${t.retentionDays} between 0 and 3650`),
    check('events_hold_ttl', sql`${t.holdTtlSeconds} between 60 and 3600`),
  ],
);

/** The days of an event as instants, so that the gate's rules never compute a time zone. */
export const eventDays = pgTable(
  'event_days',
  {
    eventId: idColumn('event_id')
      .notNull()
      .references(() => events.id),
    no: smallint('no').notNull(),
    /** A session's own name; null for a day that is just a day. */
    name: jsonb('name').$type<LocalizedText>(),
    localDate: date('local_date').notNull(),
    startsAt: instant('starts_at').notNull(),
    endsAt: instant('ends_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.eventId, t.no] }),
    check('event_days_no', sql`${t.no} between 1 and 16`),
    check('event_days_order', sql`${t.startsAt} < ${t.endsAt}`),
  ],
);

/** Where a plan's upper left corner is on the earth, and how long a unit of the plan is. Plan and map both look north. */
export interface PlanOnEarth {
  latitude: number;
  longitude: number;
  metresPerUnit: number;
}

/** A venue plan as a drawing; areas and checkpoints are placed in its coordinates (x right, y down). A picture is an SVG that holds it. */
export const venuePlans = pgTable('venue_plans', {
  eventId: idColumn('event_id')
    .primaryKey()
    .references(() => events.id),
  publicId: uuid('public_id').notNull().unique().defaultRandom(),
  svg: text('svg').notNull(),
  width: integer('width').notNull(),
  height: integer('height').notNull(),
  /** Null for a plan that is no map. */
  earth: jsonb('earth').$type<PlanOnEarth>(),
  version: version(),
});
