import { sql } from 'drizzle-orm';
import {
  boolean,
  check,
  index,
  integer,
  pgTable,
  smallint,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { bytea, idColumn, instant } from './columns.ts';

/**
 * Every attempt at a checkpoint, admitted or refused: facts, inserted once and never changed (a trigger says so).
 * A pass's crossings are numbered without gaps; the unique key on (pass, number) arbitrates between racing
 * processes. The totals ride on the crossing row, so that the last crossing is the whole state of a pass.
 * No foreign keys: a key share on the pass would dirty every pass row (measured: 31 to 59 microseconds a scan).
 */
export const scans = pgTable(
  'scans',
  {
    /** When this site recorded it. */
    at: instant('at').notNull(),
    /** Null when the code is of no pass we know. */
    passId: idColumn('pass_id'),
    scanId: uuid('scan_id').notNull(),
    eventId: idColumn('event_id').notNull(),
    deviceId: idColumn('device_id').notNull(),
    checkpointId: idColumn('checkpoint_id').notNull(),
    /** Set on crossings only: 1, 2, 3… for each pass. */
    crossingNo: integer('crossing_no'),
    /** The number of the last crossing the decision was based on: makes a refusal auditable. */
    seenNo: integer('seen_no'),
    fromArea: idColumn('from_area'),
    toArea: idColumn('to_area'),
    entries: integer('entries'),
    day: smallint('day'),
    dayEntries: smallint('day_entries'),
    site: smallint('site').notNull(),
    direction: text('direction', { enum: ['entry', 'exit'] }).notNull(),
    verdict: text('verdict').notNull(),
    /** The device's own clock. */
    scannedAt: instant('scanned_at').notNull(),
    /** SHA-256 of a code that stands for no pass, to see the same forgery come back. */
    unknownCode: bytea('unknown_code'),
    /** Judged by the device alone, and told later. Null, which costs no space, for what a site judged. */
    alone: boolean('alone'),
    /** A green light that moved nobody, because the pass was used elsewhere meanwhile: a conflict tells of it. Null otherwise. */
    uncounted: boolean('uncounted'),
  },
  (t) => [
    // An attempt that two sites judged is a fact of each. Whether another site has judged it already, the gate asks when it writes.
    uniqueIndex('scans_scan_id').on(t.scanId, t.site),
    uniqueIndex('scans_crossing')
      .on(t.passId, t.crossingNo)
      .where(sql`${t.crossingNo} is not null`),
    index('scans_event_at').on(t.eventId, t.at),
    check(
      'scans_crossing_moved',
      sql`(${t.verdict} in ('admitted','exited') and ${t.uncounted} is not true) = (${t.crossingNo} is not null)
        and (${t.crossingNo} is null or (${t.passId} is not null and ${t.fromArea} is not null and ${t.toArea} is not null
          and ${t.entries} is not null and ${t.day} is not null and ${t.dayEntries} is not null))`,
    ),
    check('scans_crossing_no', sql`${t.crossingNo} >= 1`),
    // Who judges at once counts at once.
    check(
      'scans_uncounted',
      sql`${t.uncounted} is not true or (${t.verdict} in ('admitted','exited') and ${t.passId} is not null)`,
    ),
    check('scans_direction', sql`${t.direction} in ('entry','exit')`),
  ],
);
