import { conflictKinds } from '@catraca/domain';
import { sql } from 'drizzle-orm';
import { check, index, pgTable, text, unique, uuid } from 'drizzle-orm/pg-core';
import { users } from './accounts.ts';
import { id, idColumn, instant } from './columns.ts';
import { events } from './events.ts';

/**
 * What nobody could prevent while a device or a site was alone, told to people instead of hidden: a green light that the rules
 * would have refused. `scanId` is that one; `otherScanId` the crossing it collides with, for a double entry.
 * Both scans are facts in `scans`, with their checkpoints, devices and times; so a conflict found twice is one.
 */
export const conflicts = pgTable(
  'conflicts',
  {
    id: id(),
    eventId: idColumn('event_id')
      .notNull()
      .references(() => events.id),
    passId: idColumn('pass_id').notNull(),
    kind: text('kind', { enum: conflictKinds }).notNull(),
    scanId: uuid('scan_id').notNull(),
    otherScanId: uuid('other_scan_id'),
    foundAt: instant('found_at').notNull().defaultNow(),
    /** A manager has looked at it. */
    seenAt: instant('seen_at'),
    seenBy: text('seen_by').references(() => users.id),
  },
  (t) => [
    unique('conflicts_once').on(t.scanId, t.kind),
    index('conflicts_event').on(t.eventId, t.foundAt),
    check(
      'conflicts_kind',
      sql`${t.kind} in ('double_entry','admitted_after_revocation','admitted_after_refund')`,
    ),
    check('conflicts_other', sql`(${t.kind} = 'double_entry') = (${t.otherScanId} is not null)`),
  ],
);
