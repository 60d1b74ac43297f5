import { sql } from 'drizzle-orm';
import {
  boolean,
  check,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import { members, memberRoles, organizations, users } from './accounts.ts';
import { createdAt, idColumn, instant, version } from './columns.ts';

/** better-auth's second factor: a TOTP secret and recovery codes, both encrypted by it. */
export const twoFactors = pgTable(
  'two_factors',
  {
    id: text('id').primaryKey(),
    secret: text('secret').notNull(),
    backupCodes: text('backup_codes').notNull(),
    userId: text('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    verified: boolean('verified').notNull().default(true),
    /** Wrong codes one after the other; too many lock the second factor for a while, at every process alike. */
    failedVerificationCount: integer('failed_verification_count').notNull().default(0),
    lockedUntil: instant('locked_until'),
  },
  (t) => [index('two_factors_user').on(t.userId)],
);

/** better-auth's passkeys: public keys of people's devices. */
export const passkeys = pgTable(
  'passkeys',
  {
    id: text('id').primaryKey(),
    name: text('name'),
    publicKey: text('public_key').notNull(),
    userId: text('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    credentialID: text('credential_id').notNull(),
    counter: integer('counter').notNull(),
    deviceType: text('device_type').notNull(),
    backedUp: boolean('backed_up').notNull(),
    transports: text('transports'),
    createdAt: instant('created_at').defaultNow(),
    aaguid: text('aaguid'),
  },
  (t) => [
    index('passkeys_user').on(t.userId),
    uniqueIndex('passkeys_credential').on(t.credentialID),
  ],
);

/** What an organization asks of its members. */
export const organizationSecurity = pgTable(
  'organization_security',
  {
    organizationId: text('organization_id')
      .primaryKey()
      .references(() => organizations.id, { onDelete: 'cascade' }),
    /** Roles that must have a second factor, or a passkey. */
    secondFactorRoles: text('second_factor_roles', { enum: memberRoles })
      .array()
      .notNull()
      .default(sql`'{}'`),
    version: version(),
  },
  (t) => [
    check(
      'organization_security_roles',
      sql`${t.secondFactorRoles} <@ '{owner,manager,box_office,accreditation,gate,control,viewer}'`,
    ),
  ],
);

/** A member with rows here works at these events alone, and there at these checkpoints alone (null: at all). */
export const memberEvents = pgTable(
  'member_events',
  {
    memberId: text('member_id')
      .notNull()
      .references(() => members.id, { onDelete: 'cascade' }),
    /** No foreign key: a venue knows who works where before it has the event. */
    eventId: idColumn('event_id').notNull(),
    checkpointIds: idColumn('checkpoint_ids').array(),
    createdAt: createdAt(),
  },
  (t) => [primaryKey({ columns: [t.memberId, t.eventId] })],
);
