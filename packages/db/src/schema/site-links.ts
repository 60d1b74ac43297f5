import { sql } from 'drizzle-orm';
import { check, integer, jsonb, pgTable, smallint, text, uuid } from 'drizzle-orm/pg-core';
import { organizations, users } from './accounts.ts';
import { bytea, createdAt, idColumn, instant, xid8 } from './columns.ts';
import { events } from './events.ts';
import { passTypes } from './pass-types.ts';
import { sites } from './sites.ts';

/**
 * What this site knows of another one it exchanges facts with: the cloud has a row for each venue, a venue one for its cloud.
 * `fenced` and `unproved` (its database is older than what stands beside it) are for ever: a venue that was
 * restored or copied would give out the same ids again, so it is paired anew, as a new
 * site on an empty database.
 */
export const siteLinks = pgTable(
  'site_links',
  {
    site: smallint('site')
      .primaryKey()
      .references(() => sites.number),
    organizationId: text('organization_id')
      .notNull()
      .references(() => organizations.id),
    state: text('state', { enum: ['active', 'unproved', 'fenced', 'revoked'] })
      .notNull()
      .default('active'),
    stateReason: text('state_reason'),
    /** Made with the pairing, and written beside the database as well: a database that was put in its place is noticed. */
    pairing: uuid('pairing').notNull().defaultRandom(),
    /** At a venue: where its cloud is. */
    url: text('url'),
    /** At the cloud: SHA-256 of the key the venue shows. */
    keyHash: bytea('key_hash'),
    /** At a venue: the key itself, sealed with the master key. */
    keySealed: bytea('key_sealed'),
    keyExpiresAt: instant('key_expires_at').notNull(),
    /** At the cloud: SHA-256 of the seal that the venue proved last, and of the one it proposed then. At a venue: the seals. */
    seal: bytea('seal'),
    nextSeal: bytea('next_seal'),
    /** When both sides last agreed, by this site's clock. */
    exchangedAt: instant('exchanged_at'),
    /** How far the other site's clock is ahead of this one's. */
    clockAheadMs: integer('clock_ahead_ms'),
    /** Why the last attempt failed; null when it did not. */
    problem: text('problem'),
    /** Facts that wait to go, and to come, as of the last exchange. */
    toSend: integer('to_send').notNull().default(0),
    toTake: integer('to_take').notNull().default(0),
    createdAt: createdAt(),
  },
  (t) => [
    check('site_links_state', sql`${t.state} in ('active','unproved','fenced','revoked')`),
    check('site_links_side', sql`(${t.url} is null) = (${t.keySealed} is null)`),
    check('site_links_key', sql`(${t.keyHash} is null) <> (${t.keySealed} is null)`),
  ],
);

/** Codes an admin of the cloud shows for a quarter of an hour; used once, they make a machine a venue. Only the SHA-256 is kept. */
export const siteCodes = pgTable('site_codes', {
  codeHash: bytea('code_hash').primaryKey(),
  organizationId: text('organization_id')
    .notNull()
    .references(() => organizations.id),
  siteName: text('site_name').notNull(),
  /** Null at the console. */
  createdBy: text('created_by').references(() => users.id),
  expiresAt: instant('expires_at').notNull(),
  usedBy: smallint('used_by').references(() => sites.number),
  createdAt: createdAt(),
});

/** Events that a venue shares with the cloud: at most one venue each. */
export const sharedEvents = pgTable('shared_events', {
  eventId: idColumn('event_id')
    .primaryKey()
    .references(() => events.id),
  site: smallint('site')
    .notNull()
    .references(() => sites.number),
  since: instant('since').notNull().defaultNow(),
  /** The transaction that shared it: those that began before may not know. */
  xid: xid8('xid')
    .notNull()
    .default(sql`pg_current_xact_id()`),
  /** When all that was there before is in the journal too: until then nothing of it is exchanged. */
  recordedAt: instant('recorded_at'),
  /** Up to which number the other site said it has taken this one's facts: what is behind it waits. */
  toldSales: integer('told_sales').notNull().default(0),
  toldScans: integer('told_scans').notNull().default(0),
});

/**
 * Which site judges an event's scans. An event without a row is judged here. One that was handed over is judged by its new holder
 * once it has the scans that were judged before (`awaits`).
 */
export const eventAuthority = pgTable(
  'event_authority',
  {
    eventId: idColumn('event_id')
      .primaryKey()
      .references(() => events.id),
    site: smallint('site')
      .notNull()
      .references(() => sites.number),
    epoch: smallint('epoch').notNull(),
    /** Taken without the other's consent. */
    /** Scans of other sites that the holder must have first; null where it was taken without consent, and for an event's first. */
    awaits: jsonb('awaits').$type<{ site: number; scansNo: number }[]>(),
    since: instant('since').notNull(),
    /** Null at the console. */
    userId: text('user_id').references(() => users.id),
  },
  (t) => [
    // The number of a crossing holds the epoch above 16 bits.
    check('event_authority_epoch', sql`${t.epoch} between 0 and 32766`),
  ],
);

/** Units (and seats) that went from one site's stock to another's: facts, one for each side's own row. */
export const unitMoves = pgTable(
  'unit_moves',
  {
    id: uuid('id').primaryKey(),
    typeId: idColumn('type_id')
      .notNull()
      .references(() => passTypes.id, { onDelete: 'cascade' }),
    fromSite: smallint('from_site')
      .notNull()
      .references(() => sites.number),
    toSite: smallint('to_site')
      .notNull()
      .references(() => sites.number),
    units: integer('units').notNull(),
    at: instant('at').notNull(),
    /** Null where it was automatic. */
    userId: text('user_id'),
    /** When they were added to the stock of `toSite`, in that site's database. */
    arrivedAt: instant('arrived_at'),
  },
  (t) => [
    check('unit_moves_units', sql`${t.units} > 0`),
    check('unit_moves_sites', sql`${t.fromSite} <> ${t.toSite}`),
  ],
);

/**
 * How the units of a type are split, where people said so: the later word counts, which is the one of the higher (version, site).
 * `automatic`: as it sells, and so it is without a row. `percent`: of what is free, for the venue. `by_hand`: units move when somebody
 * moves them, and not otherwise.
 */
export const stockShares = pgTable(
  'stock_shares',
  {
    typeId: idColumn('type_id')
      .primaryKey()
      .references(() => passTypes.id, { onDelete: 'cascade' }),
    mode: text('mode', { enum: ['automatic', 'percent', 'by_hand'] }).notNull(),
    venuePercent: smallint('venue_percent'),
    version: integer('version').notNull(),
    /** Which site said so. */
    site: smallint('site')
      .notNull()
      .references(() => sites.number),
    /** Null for somebody this site does not know. */
    userId: text('user_id').references(() => users.id),
    at: instant('at').notNull(),
  },
  (t) => [
    check('stock_shares_mode', sql`${t.mode} in ('automatic','percent','by_hand')`),
    check(
      'stock_shares_percent',
      sql`(${t.mode} = 'percent') = (${t.venuePercent} is not null) and ${t.venuePercent} between 0 and 100`,
    ),
  ],
);
