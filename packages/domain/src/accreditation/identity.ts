import { foldForSearch } from '../search/index.ts';

/** A document's number as it is compared: `12.345.678-x` and `12345678X` are the same. Empty when there is nothing to compare. */
export function documentIdentity(document: string): string {
  return document
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '');
}

/** A name and a birth date (YYYY-MM-DD) as they are compared together. */
export function nameBirthIdentity(name: string, birthDate: string): string {
  return `${foldForSearch(name)}|${birthDate}`;
}

/** What tells who an applicant is, as far as it is known. Keys that are equal are the same text. */
export interface Identity {
  readonly documentKey: Uint8Array | null;
  readonly nameBirthKey: Uint8Array | null;
}

/**
 * Whether two applications are of one person (SPEC X-3): the same document, or the same name and birth date, unless both name a
 * document and those differ.
 */
export function isSamePerson(a: Identity, b: Identity): boolean {
  if (a.documentKey && b.documentKey) return isEqual(a.documentKey, b.documentKey);
  return a.nameBirthKey !== null && b.nameBirthKey !== null
    ? isEqual(a.nameBirthKey, b.nameBirthKey)
    : false;
}

function isEqual(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}
