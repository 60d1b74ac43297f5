import { sql } from 'drizzle-orm';
import { check, index, pgTable, text } from 'drizzle-orm/pg-core';
import { users } from './accounts.ts';
import { createdAt, id, idColumn } from './columns.ts';
import { passes } from './passes.ts';

export const passChangeKinds = [
  'renamed',
  'transferred',
  'revoked',
  'reissued',
  'refunded',
  'type_changed',
  'seat_changed',
  'confirmed',
  'badge_printed',
  'picked_up',
  'photo_changed',
] as const;

/**
 * What was done to a pass after it was issued, by whom and why: facts, inserted with the change they tell of and
 * never edited (a trigger says so). Names are not kept here: personal data is in `persons` alone.
 */
export const passChanges = pgTable(
  'pass_changes',
  {
    id: id(),
    passId: idColumn('pass_id')
      .notNull()
      .references(() => passes.id),
    kind: text('kind', { enum: passChangeKinds }).notNull(),
    /** In the member's words; null where none was asked for. */
    reason: text('reason'),
    /** The member who did it; null for a command at the console. */
    userId: text('user_id').references(() => users.id),
    createdAt: createdAt(),
  },
  (t) => [
    index('pass_changes_pass').on(t.passId),
    check(
      'pass_changes_kind',
      sql`${t.kind} in ('renamed','transferred','revoked','reissued','refunded','type_changed','seat_changed','confirmed','badge_printed','picked_up','photo_changed')`,
    ),
  ],
);
