import { sql } from 'drizzle-orm';
import { bigint, customType, integer, timestamp } from 'drizzle-orm/pg-core';

/** The column of a 64-bit id: the site's number in the high 16 bits, the site's own counter in the low 48. */
export const idColumn = (name: string) => bigint(name, { mode: 'bigint' });

/** Primary key of a noun: unique across sites, since the sequence starts at this site's number << 48. */
export const id = () =>
  idColumn('id')
    .primaryKey()
    .default(sql`nextval('site_ids')`);

export const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });

export const createdAt = () => instant('created_at').notNull().defaultNow();

/** Which edition of a thing two people edit: a change names the one it was made on, and is refused on a later one. */
export const version = () => integer('version').notNull().default(1);

/** Raw bytes: signatures, hashes, sealed keys. */
export const bytea = customType<{ data: Uint8Array; driverData: Buffer }>({
  dataType: () => 'bytea',
  toDriver: (value) => Buffer.from(value),
});

/** A money amount in minor units (cents); the currency stands on the event. Safe as a number: below 2^53. */
export const minorUnits = (name: string) => bigint(name, { mode: 'number' });

/** Words for people in the languages of the storefront; `en` is always there and is the fallback. */
export interface LocalizedText {
  en: string;
  'pt-br'?: string;
  es?: string;
}

/** A transaction's number, 64 bits. */
export const xid8 = customType<{ data: string; driverData: string }>({ dataType: () => 'xid8' });
