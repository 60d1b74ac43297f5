import { entryPolicyKinds } from '@catraca/domain';
import { sql } from 'drizzle-orm';
import {
  check,
  index,
  integer,
  pgTable,
  primaryKey,
  smallint,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { bytea, createdAt, id, idColumn, instant } from './columns.ts';
import { events } from './events.ts';
import { orderLines } from './orders.ts';
import { passTypes } from './pass-types.ts';
import { persons } from './persons.ts';
import { seats } from './seats.ts';

/** One person's right to be admitted: a ticket was sold, a credential was granted. */
export const passes = pgTable(
  'passes',
  {
    id: id(),
    publicId: uuid('public_id').notNull().unique().defaultRandom(),
    eventId: idColumn('event_id')
      .notNull()
      .references(() => events.id),
    typeId: idColumn('type_id')
      .notNull()
      .references(() => passTypes.id),
    status: text('status', { enum: ['valid', 'revoked', 'refunded', 'unpaid', 'blocked'] })
      .notNull()
      .default('valid'),
    kind: text('kind', { enum: ['ticket', 'credential'] }).notNull(),
    holderId: idColumn('holder_id')
      .notNull()
      .references(() => persons.id),
    orderLineId: idColumn('order_line_id').references(() => orderLines.id),
    seatId: idColumn('seat_id').references(() => seats.id),
    createdAt: createdAt(),
  },
  (t) => [
    // The list of passes, in its order.
    index('passes_event_created').on(t.eventId, t.createdAt, t.id),
    index('passes_order_line').on(t.orderLineId),
    index('passes_holder').on(t.holderId),
    // One living pass a seat: behind the claim, in case a claim were ever lost.
    uniqueIndex('passes_one_a_seat')
      .on(t.seatId)
      .where(sql`${t.status} not in ('revoked','refunded')`),
    check('passes_status', sql`${t.status} in ('valid','revoked','refunded','unpaid','blocked')`),
    check('passes_ticket_was_sold', sql`(${t.kind} = 'ticket') = (${t.orderLineId} is not null)`),
  ],
);

/**
 * What is read at the gate. `no` counts a pass's media and stands in the QR token;
 * a reissued code is a new medium and the old one is dead. A QR's `signature` is compared, not verified, online.
 */
export const media = pgTable(
  'media',
  {
    passId: idColumn('pass_id')
      .notNull()
      .references(() => passes.id),
    no: smallint('no').notNull(),
    kind: text('kind', { enum: ['qr', 'barcode'] }).notNull(),
    state: text('state', { enum: ['active', 'dead'] })
      .notNull()
      .default('active'),
    keyId: integer('key_id'),
    /** Minutes since 2024-01-01T00:00Z, as in the token. */
    issuedAt: integer('issued_at').notNull(),
    signature: bytea('signature'),
    /*
     * What the signature covers besides ids and times. Kept as it was signed: the type may open other areas tomorrow,
     * and the code on a phone must still be written the same.
     */
    policyKind: text('policy_kind', { enum: entryPolicyKinds }),
    policyCount: smallint('policy_count'),
    areaMask: integer('area_mask'),
    dayMask: integer('day_mask'),
    /** The 16 digits of a barcode. */
    code: text('code'),
    diedAt: instant('died_at'),
  },
  (t) => [
    primaryKey({ columns: [t.passId, t.no] }),
    uniqueIndex('media_code')
      .on(t.code)
      .where(sql`${t.code} is not null`),
    check('media_kind', sql`${t.kind} in ('qr','barcode')`),
    check('media_state', sql`${t.state} in ('active','dead')`),
    check('media_no', sql`${t.no} between 1 and 255`),
    check(
      'media_qr_is_signed',
      sql`(${t.kind} = 'qr') = (${t.signature} is not null and ${t.keyId} is not null
          and ${t.policyKind} is not null and ${t.areaMask} is not null and ${t.dayMask} is not null)
        and (${t.kind} = 'barcode') = (${t.code} is not null)`,
    ),
  ],
);

/** Ed25519 keys that sign tokens. Private halves are sealed with the master key; a retired key still verifies. */
export const signingKeys = pgTable(
  'signing_keys',
  {
    /** Site number << 8 | the site's counter. */
    keyId: integer('key_id').primaryKey(),
    publicKey: bytea('public_key').notNull(),
    privateKeySealed: bytea('private_key_sealed'),
    state: text('state', { enum: ['signing', 'retired'] }).notNull(),
    createdAt: createdAt(),
    retiredAt: instant('retired_at'),
  },
  (t) => [
    check('signing_keys_id', sql`${t.keyId} between 256 and 65535`),
    // One key of a site signs; the site is in the high byte of the key's id.
    uniqueIndex('signing_keys_one_signs')
      .on(sql`(${t.keyId} >> 8)`)
      .where(sql`${t.state} = 'signing'`),
    check('signing_keys_state', sql`${t.state} in ('signing','retired')`),
  ],
);
