import { sql } from 'drizzle-orm';
import { check, integer, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { organizations } from './accounts.ts';
import { bytea, createdAt, id } from './columns.ts';

/** Posters of events, as they were made of what was uploaded. A picture is never changed: another one has another address. */
export const pictures = pgTable(
  'pictures',
  {
    id: id(),
    publicId: uuid('public_id').notNull().unique().defaultRandom(),
    organizationId: text('organization_id')
      .notNull()
      .references(() => organizations.id),
    mediaType: text('media_type', { enum: ['image/webp'] }).notNull(),
    width: integer('width').notNull(),
    height: integer('height').notNull(),
    bytes: bytea('bytes').notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    // A poster of 1600 pixels has a few hundred kB; much more is a mistake.
    check('pictures_bytes', sql`octet_length(${t.bytes}) between 1 and 3000000`),
    check('pictures_size', sql`${t.width} > 0 and ${t.height} > 0`),
  ],
);
