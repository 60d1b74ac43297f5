import { sql } from 'drizzle-orm';
import { check, integer, pgTable, primaryKey, text, unique } from 'drizzle-orm/pg-core';
import { createdAt, id, idColumn, instant, minorUnits, version } from './columns.ts';
import { events } from './events.ts';
import { orders } from './orders.ts';

/**
 * Codes that buyers type in. An `access` code shows types that are hidden without it; a `discount` lowers a price by `percent`
 * (whole percents) or `amount` (minor units a unit), or sets it (`price`). Both may be limited in units and in time.
 */
export const vouchers = pgTable(
  'vouchers',
  {
    id: id(),
    eventId: idColumn('event_id')
      .notNull()
      .references(() => events.id),
    /** In capitals, as everybody may type it: A to Z, 0 to 9 and hyphens. */
    code: text('code').notNull(),
    kind: text('kind', { enum: ['access', 'percent', 'amount', 'price'] }).notNull(),
    value: minorUnits('value').notNull().default(0),
    /** Types it is for; null for all. */
    typeIds: idColumn('type_ids').array(),
    /** Units it may be used for; null without limit. */
    unitsMax: integer('units_max'),
    /** Units of orders that wait for their payment or have it. */
    unitsUsed: integer('units_used').notNull().default(0),
    startsAt: instant('starts_at'),
    endsAt: instant('ends_at'),
    /** For the organizer alone. */
    note: text('note').notNull().default(''),
    state: text('state', { enum: ['active', 'off'] })
      .notNull()
      .default('active'),
    version: version(),
    createdAt: createdAt(),
  },
  (t) => [
    unique('vouchers_code').on(t.eventId, t.code),
    check('vouchers_code_form', sql`${t.code} ~ '^[A-Z0-9][A-Z0-9-]{1,31}$'`),
    check('vouchers_kind', sql`${t.kind} in ('access','percent','amount','price')`),
    check(
      'vouchers_value',
      sql`${t.value} >= 0 and (${t.kind} <> 'percent' or ${t.value} between 1 and 100)`,
    ),
    check('vouchers_state', sql`${t.state} in ('active','off')`),
    check(
      'vouchers_never_overused',
      sql`${t.unitsUsed} >= 0 and (${t.unitsMax} is null or ${t.unitsUsed} <= ${t.unitsMax})`,
    ),
  ],
);

/** Which orders used a code, and for how many units: given back when an order is cancelled. */
export const voucherUses = pgTable(
  'voucher_uses',
  {
    voucherId: idColumn('voucher_id')
      .notNull()
      .references(() => vouchers.id),
    orderId: idColumn('order_id')
      .notNull()
      .references(() => orders.id),
    units: integer('units').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.voucherId, t.orderId] }),
    check('voucher_uses_units', sql`${t.units} >= 1`),
  ],
);
