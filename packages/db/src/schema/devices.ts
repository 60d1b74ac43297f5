import { sql } from 'drizzle-orm';
import { check, index, pgTable, text } from 'drizzle-orm/pg-core';
import { users } from './accounts.ts';
import { bytea, createdAt, id, idColumn, instant } from './columns.ts';
import { events } from './events.ts';

/** Enrolled scanners, desks and kiosks. The token itself is only on the device; here is its SHA-256. */
export const devices = pgTable(
  'devices',
  {
    id: id(),
    eventId: idColumn('event_id')
      .notNull()
      .references(() => events.id),
    name: text('name').notNull(),
    kind: text('kind', { enum: ['scanner', 'reader', 'desk', 'kiosk'] }).notNull(),
    tokenHash: bytea('token_hash').notNull().unique(),
    /** Checkpoints it may scan at; null for all of the event. */
    checkpointIds: idColumn('checkpoint_ids').array(),
    state: text('state', { enum: ['active', 'revoked'] })
      .notNull()
      .default('active'),
    /** The member who signed in on it, when it was not paired with a code. */
    userId: text('user_id').references(() => users.id),
    expiresAt: instant('expires_at').notNull(),
    lastSeenAt: instant('last_seen_at'),
    createdAt: createdAt(),
    revokedAt: instant('revoked_at'),
  },
  (t) => [
    index('devices_event').on(t.eventId),
    check('devices_kind', sql`${t.kind} in ('scanner','reader','desk','kiosk')`),
    check('devices_state', sql`${t.state} in ('active','revoked')`),
  ],
);

/** Codes an admin shows for a minute or two; scanned once, they enrol a device. Only the SHA-256 is kept. */
export const pairingCodes = pgTable('pairing_codes', {
  codeHash: bytea('code_hash').primaryKey(),
  eventId: idColumn('event_id')
    .notNull()
    .references(() => events.id),
  deviceName: text('device_name').notNull(),
  checkpointIds: idColumn('checkpoint_ids').array(),
  createdBy: text('created_by')
    .notNull()
    .references(() => users.id),
  expiresAt: instant('expires_at').notNull(),
  usedByDeviceId: idColumn('used_by_device_id').references(() => devices.id),
  createdAt: createdAt(),
});
