import { sql } from 'drizzle-orm';
import {
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  real,
  smallint,
  text,
  unique,
} from 'drizzle-orm/pg-core';
import { id, idColumn, version } from './columns.ts';
import { events } from './events.ts';

/** Corners of an area on the venue plan, in plan units. */
export type Polygon = [x: number, y: number][];

/** Places people can be in. `no` 0 is `outside`; 1 to 16 have a bit in the token. */
export const areas = pgTable(
  'areas',
  {
    id: id(),
    eventId: idColumn('event_id')
      .notNull()
      .references(() => events.id),
    no: smallint('no').notNull(),
    name: text('name').notNull(),
    /** People; null for no limit, as `outside` has. */
    capacity: integer('capacity'),
    polygon: jsonb('polygon').$type<Polygon>().notNull(),
    version: version(),
  },
  (t) => [
    unique('areas_event_no').on(t.eventId, t.no),
    check('areas_no', sql`${t.no} between 0 and 16`),
    check('areas_capacity', sql`${t.capacity} >= 0`),
  ],
);

/**
 * How many people are in an area now: the sum of the crossings, kept in the same statement as they are.
 * A table of its own and with free space, because it is the hottest row of a gate.
 * No check against the capacity: lowering a capacity must never block an exit.
 */
export const areaCounters = pgTable('area_counters', {
  areaId: idColumn('area_id')
    .primaryKey()
    .references(() => areas.id, { onDelete: 'cascade' }),
  people: integer('people').notNull().default(0),
  /** Those of `people` who are here with a credential: staff, counted apart from visitors. */
  staff: integer('staff').notNull().default(0),
});

/** Where people are read: joins two areas. `entry` moves into `toArea`, `exit` back into `fromArea`. */
export const checkpoints = pgTable(
  'checkpoints',
  {
    id: id(),
    eventId: idColumn('event_id')
      .notNull()
      .references(() => events.id),
    no: smallint('no').notNull(),
    name: text('name').notNull(),
    fromAreaId: idColumn('from_area_id')
      .notNull()
      .references(() => areas.id),
    toAreaId: idColumn('to_area_id')
      .notNull()
      .references(() => areas.id),
    directions: text('directions', { enum: ['entry', 'exit', 'both'] }).notNull(),
    x: real('x').notNull(),
    y: real('y').notNull(),
    open: boolean('open').notNull().default(true),
    version: version(),
  },
  (t) => [
    unique('checkpoints_event_no').on(t.eventId, t.no),
    index('checkpoints_event').on(t.eventId),
    check('checkpoints_directions', sql`${t.directions} in ('entry','exit','both')`),
    check('checkpoints_join_two_areas', sql`${t.fromAreaId} <> ${t.toAreaId}`),
  ],
);
