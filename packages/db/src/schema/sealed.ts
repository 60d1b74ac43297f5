import { is } from 'drizzle-orm';
import { customType, type PgColumn, PgCustomColumn } from 'drizzle-orm/pg-core';
import { openPersonal, sealPersonal } from '../personal/personal-keys.ts';

/*
 * Columns of personal data: written sealed, read open, in the database only as bytes (AES-256-GCM, personal/personal-keys.ts).
 * A raw statement gets the bytes, and opens them with `openText`.
 */

/** Text of or about a person. */
export const sealedText = customType<{ data: string; driverData: Buffer }>({
  dataType: () => 'bytea',
  toDriver: (text) => Buffer.from(sealPersonal(Buffer.from(text))),
  fromDriver: (sealed) => openText(sealed),
});

/** Bytes of or about a person: a picture. */
export const sealedBytes = customType<{ data: Uint8Array; driverData: Buffer }>({
  dataType: () => 'bytea',
  toDriver: (bytes) => Buffer.from(sealPersonal(bytes)),
  fromDriver: (sealed) => openPersonal(sealed),
});

/** Answers of a person, as JSON. */
export function sealedJson<T>(name: string) {
  return customType<{ data: T; driverData: Buffer }>({
    dataType: () => 'bytea',
    toDriver: (value) => Buffer.from(sealPersonal(Buffer.from(JSON.stringify(value)))),
    fromDriver: (sealed) => JSON.parse(openText(sealed)) as T,
  })(name);
}

/** Opens a sealed text that a raw statement read. */
export function openText(sealed: Uint8Array): string {
  const { buffer, byteOffset, length } = openPersonal(sealed);
  return Buffer.from(buffer, byteOffset, length).toString();
}

/** Whether a column seals what it is given: bytes come out that are others. */
export function isSealed(column: PgColumn): boolean {
  if (!is(column, PgCustomColumn) || column.getSQLType() !== 'bytea') return false;
  const given = new Uint8Array(1);
  const written: unknown = column.mapToDriverValue(given);
  return written instanceof Uint8Array && Buffer.compare(written, given) !== 0;
}
