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
} from 'drizzle-orm/pg-core';
import { areas } from './areas.ts';
import { id, idColumn, instant, minorUnits, version, type LocalizedText } from './columns.ts';
import { events } from './events.ts';
import { sites } from './sites.ts';
import { stockPools } from './stock-pools.ts';

/** Where units are sold: the storefront, and the desks of the event. */
export const channels = ['web', 'desk'] as const;

/** Ticket types and credential types: what a pass of this kind entitles to. */
export const passTypes = pgTable(
  'pass_types',
  {
    id: id(),
    eventId: idColumn('event_id')
      .notNull()
      .references(() => events.id),
    no: smallint('no').notNull(),
    kind: text('kind', { enum: ['ticket', 'credential'] }).notNull(),
    name: jsonb('name').$type<LocalizedText>().notNull(),
    description: jsonb('description').$type<LocalizedText>().notNull(),
    colour: text('colour').notNull(),
    policyKind: text('policy_kind', {
      enum: ['once', 'once_per_day', 'reentry', 'n_times', 'unlimited'],
    }).notNull(),
    /** Entries allowed by `n_times`. */
    policyCount: smallint('policy_count'),
    priceMinor: minorUnits('price_minor').notNull().default(0),
    feeMinor: minorUnits('fee_minor').notNull().default(0),
    /** Bought with a place on the seat map. */
    seated: boolean('seated').notNull().default(false),
    /** One unit of stock is so many passes: a group ticket is bought once and admits several people. */
    passesPerUnit: smallint('passes_per_unit').notNull().default(1),
    unitsPerOrderMax: smallint('units_per_order_max').notNull().default(10),
    saleStartsAt: instant('sale_starts_at'),
    saleEndsAt: instant('sale_ends_at'),
    /** Where it stands in lists, from 0; equal ones by `no`. */
    position: smallint('position').notNull().default(0),
    /** Not in the shop unless an access code shows it. */
    hidden: boolean('hidden').notNull().default(false),
    channels: text('channels', { enum: channels })
      .array()
      .notNull()
      .default(sql`'{web,desk}'`),
    /** Tax that is in the price and the fee, in hundredths of a percent. */
    taxBasisPoints: smallint('tax_basis_points').notNull().default(0),
    /** No longer sold or granted, and not in the shop. What was sold stays valid. */
    archived: boolean('archived').notNull().default(false),
    version: version(),
  },
  (t) => [
    unique('pass_types_event_no').on(t.eventId, t.no),
    check('pass_types_kind', sql`${t.kind} in ('ticket','credential')`),
    check(
      'pass_types_policy',
      sql`${t.policyKind} in ('once','once_per_day','reentry','n_times','unlimited')`,
    ),
    // The token holds the count in five bits.
    check(
      'pass_types_policy_count',
      sql`(${t.policyKind} = 'n_times') = (${t.policyCount} is not null) and ${t.policyCount} between 1 and 31`,
    ),
    check('pass_types_price', sql`${t.priceMinor} >= 0 and ${t.feeMinor} >= 0`),
    check(
      'pass_types_units',
      sql`${t.passesPerUnit} between 1 and 50 and ${t.unitsPerOrderMax} between 1 and 50`,
    ),
    check('pass_types_channels', sql`${t.channels} <@ '{web,desk}'`),
    check('pass_types_tax', sql`${t.taxBasisPoints} between 0 and 10000`),
    check('pass_types_seated_single', sql`not ${t.seated} or ${t.passesPerUnit} = 1`),
  ],
);

/** When a type opens an area: as instants, several windows for an area are several rows. */
export const entitlements = pgTable(
  'entitlements',
  {
    typeId: idColumn('type_id')
      .notNull()
      .references(() => passTypes.id, { onDelete: 'cascade' }),
    areaId: idColumn('area_id')
      .notNull()
      .references(() => areas.id),
    startsAt: instant('starts_at').notNull(),
    endsAt: instant('ends_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.typeId, t.areaId, t.startsAt] }),
    check('entitlements_order', sql`${t.startsAt} < ${t.endsAt}`),
  ],
);

/**
 * Units of a type that one site alone may sell. Sold and held together never exceed what it may:
 * the check holds even if every line of code above it were wrong.
 */
export const stock = pgTable(
  'stock',
  {
    typeId: idColumn('type_id')
      .notNull()
      .references(() => passTypes.id, { onDelete: 'cascade' }),
    site: smallint('site')
      .notNull()
      .references(() => sites.number),
    quantity: integer('quantity').notNull(),
    held: integer('held').notNull().default(0),
    sold: integer('sold').notNull().default(0),
    /** A capacity that it shares with other types of this site: each of its units is also a unit of that. Read under this row's lock. */
    poolId: idColumn('pool_id').references(() => stockPools.id),
  },
  (t) => [
    primaryKey({ columns: [t.typeId, t.site] }),
    index('stock_site').on(t.site),
    index('stock_pool')
      .on(t.poolId)
      .where(sql`${t.poolId} is not null`),
    check(
      'stock_never_oversold',
      sql`${t.held} >= 0 and ${t.sold} >= 0 and ${t.held} + ${t.sold} <= ${t.quantity}`,
    ),
  ],
);
