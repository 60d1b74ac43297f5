/**
 * Raised when a message changes in a way an older reader cannot take. Fields are added first, read later, removed last.
 * `schema-hash.test.ts` pins what belongs to the number.
 */
export const PROTOCOL_VERSION = 1;
