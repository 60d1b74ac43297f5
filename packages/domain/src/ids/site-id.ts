import { assert } from '../assert.ts';
import type { Parsed } from '../parsed.ts';
import type { RowId } from './brands.ts';

/** Sites are numbered from 1. 8 bits, because a key id carries the number too and has 16 bits for site and counter. */
export const siteNoMax = 255;

const counterBits = 48n;
/** 2^48 - 1 rows a site: ten thousand a second for nine hundred years. */
export const counterMax = (1n << counterBits) - 1n;

/** The id a site gives to its `counter`-th row: `site << 48 | counter`. SQL does the same with a sequence that starts there. */
export function makeId<Id extends RowId>(site: number, counter: bigint): Id {
  assert(Number.isInteger(site) && site >= 1 && site <= siteNoMax, `site ${site} is not 1..255`);
  assert(counter >= 1n && counter <= counterMax, `counter ${counter} does not fit 48 bits`);
  return toId<Id>((BigInt(site) << counterBits) | counter);
}

/** Set in an id that is derived from what it stands for, and made by no site (`credentialId`); the rest of it are 62 bits of a digest. */
export const derivedIdBit = 1n << 62n;

/** The site that made this id, 1..255; null for a derived one, which both sites make alike. */
export function siteOf(id: RowId): number | null {
  return isDerived(id) ? null : Number(id >> counterBits);
}

/** Whether a number can be an id: one of a site, or a derived one. */
export function isId(value: bigint): boolean {
  if (isDerived(value)) return true;
  const site = value >> counterBits;
  return site >= 1n && site <= BigInt(siteNoMax) && (value & counterMax) !== 0n;
}

/** Ids fit a signed 64-bit column, so the bit above is never set. */
function isDerived(value: bigint): boolean {
  return value >> 62n === 1n;
}

/** Brands a bigint that is known to be an id of this kind: read from its column, or checked by `parseId`. */
export function toId<Id extends RowId>(value: bigint): Id {
  return value as Id;
}

const decimalDigitsMax = 19; // 2^63 - 1 has 19 digits
const decimal = /^[1-9][0-9]*$/;

/** An id from the decimal string it travels as. `malformed`: not such a string. `out_of_range`: no id of ours. */
export function parseId<Id extends RowId>(text: unknown): Parsed<Id, 'malformed' | 'out_of_range'> {
  if (typeof text !== 'string' || !decimal.test(text)) return { ok: false, problem: 'malformed' };
  if (text.length > decimalDigitsMax) return { ok: false, problem: 'out_of_range' };
  const value = BigInt(text);
  if (!isId(value)) return { ok: false, problem: 'out_of_range' };
  return { ok: true, value: toId<Id>(value) };
}
