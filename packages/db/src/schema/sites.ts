import { sql } from 'drizzle-orm';
import {
  boolean,
  check,
  pgSequence,
  pgTable,
  smallint,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import { createdAt } from './columns.ts';

/** Ids of every noun of this site. `initSite` restarts it at site number << 48. */
export const siteIds = pgSequence('site_ids', { startWith: '281474976710657', cache: 32 });

/** Running installations that know of each other; exactly one row is this one. */
export const sites = pgTable(
  'sites',
  {
    number: smallint('number').primaryKey(),
    name: text('name').notNull(),
    kind: text('kind', { enum: ['cloud', 'venue'] }).notNull(),
    isLocal: boolean('is_local').notNull().default(false),
    createdAt: createdAt(),
  },
  (t) => [
    // 255, because a signing key's id holds the site in one byte.
    check('sites_number_range', sql`${t.number} between 1 and 255`),
    check('sites_kind', sql`${t.kind} in ('cloud', 'venue')`),
    uniqueIndex('sites_one_local')
      .on(t.isLocal)
      .where(sql`${t.isLocal}`),
  ],
);
