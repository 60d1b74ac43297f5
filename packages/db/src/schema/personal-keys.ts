import { sql } from 'drizzle-orm';
import { check, integer, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { bytea, createdAt, instant } from './columns.ts';

/**
 * Keys of personal data, sealed with the master key. One `data` key seals (`current`); one that is made to follow it is `next`, until
 * every process holds it; `old` ones open until what they sealed is sealed anew. The `index` key finds what is sealed. A venue has those
 * of its cloud.
 */
export const personalKeys = pgTable(
  'personal_keys',
  {
    /** Site number << 8 | the site's counter: two sites never give one number to two keys. */
    no: integer('no').primaryKey(),
    kind: text('kind', { enum: ['data', 'index'] }).notNull(),
    keySealed: bytea('key_sealed').notNull(),
    state: text('state', { enum: ['next', 'current', 'old'] }).notNull(),
    createdAt: createdAt(),
    retiredAt: instant('retired_at'),
  },
  (t) => [
    uniqueIndex('personal_keys_one_current')
      .on(t.kind)
      .where(sql`${t.state} = 'current'`),
    check('personal_keys_no', sql`${t.no} between 256 and 65535`),
    check('personal_keys_kind', sql`${t.kind} in ('data','index')`),
    check('personal_keys_state', sql`${t.state} in ('next','current','old')`),
  ],
);
