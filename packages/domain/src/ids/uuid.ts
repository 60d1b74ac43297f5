import { assert } from '../assert.ts';
import type { Parsed } from '../parsed.ts';
import type { PublicId, ScanId } from './brands.ts';

/** Lower case only: one id has one spelling, so equality of strings is equality of ids. */
export const scanIdPattern =
  /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const publicIdPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** How many random bytes `uuidv7` takes. */
export const uuidv7RandomBytes = 10;

/** UUIDv7 (RFC 9562) of a time in ms since 1970 and ten random bytes. The caller brings both, so that this stays pure. */
export function uuidv7(timeMs: number, random: Uint8Array): ScanId {
  assert(
    Number.isInteger(timeMs) && timeMs >= 0 && timeMs < 2 ** 48,
    'time does not fit 48 bits of milliseconds',
  );
  assert(random.length === uuidv7RandomBytes, 'uuidv7 takes ten random bytes');
  const time = timeMs.toString(16).padStart(12, '0');
  let tail = '';
  for (let i = 0; i < random.length; i++) tail += byteText(versioned(i, random[i] ?? 0));
  const hex = time + tail;
  const groups = [
    hex.slice(0, 8),
    hex.slice(8, 12),
    hex.slice(12, 16),
    hex.slice(16, 20),
    hex.slice(20),
  ];
  return groups.join('-') as ScanId;
}

/** Sets version 7 in the first random byte and the RFC's variant in the third. */
function versioned(index: number, byte: number): number {
  if (index === 0) return 0x70 | (byte & 0x0f);
  if (index === 2) return 0x80 | (byte & 0x3f);
  return byte;
}

function byteText(byte: number): string {
  return byte.toString(16).padStart(2, '0');
}

/** A scan id as a device sends it: a UUID made from a time (version 7). */
export function parseScanId(text: unknown): Parsed<ScanId, 'malformed'> {
  return parseText<ScanId>(text, scanIdPattern);
}

/** A public id as a URL carries it: a UUID made at random (version 4). */
export function parsePublicId(text: unknown): Parsed<PublicId, 'malformed'> {
  return parseText<PublicId>(text, publicIdPattern);
}

function parseText<Id extends string>(text: unknown, pattern: RegExp): Parsed<Id, 'malformed'> {
  if (typeof text !== 'string' || !pattern.test(text)) return { ok: false, problem: 'malformed' };
  return { ok: true, value: text as Id };
}
