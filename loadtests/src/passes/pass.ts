import { createHash } from 'node:crypto';
import {
  type BarcodeNumber,
  type EventId,
  formatToken,
  makeId,
  type PassId,
  toId,
  withCheckDigits,
} from '@catraca/domain';

/*
 * The passes of the benchmark, numbered from 0. All of a pass follows from its number, here and in the SQL that
 * loads them (`database/load-passes.ts`): so the generator writes the code of any of ten million passes without
 * having signed or stored one. The signatures are SHA-512 instead of Ed25519: 64 bytes as well, and the gate compares.
 */

/** Seals the keys of the benchmark's database. */
export const benchMasterKey = new Uint8Array(32).fill(0xbe);

/** The site of the benchmark's database. */
export const benchSite = 1;

/** Far above what the site's own sequence reaches while the event is made. */
export const passIdBase = makeId<PassId>(benchSite, 1n << 32n);

/** One in a hundred each is `revoked`, `blocked`, or `early`, whose type opens the hall in ten years; all others are `good`. */
export type PassKind = 'good' | 'revoked' | 'blocked' | 'early';

/** The place in each hundred passes of those that are not good. */
export const oddPlaces = { revoked: 7, blocked: 17, early: 27 } as const;

export function kindOf(pass: number): PassKind {
  switch (pass % 100) {
    case oddPlaces.revoked:
      return 'revoked';
    case oddPlaces.blocked:
      return 'blocked';
    case oddPlaces.early:
      return 'early';
    default:
      return 'good';
  }
}

/** What all tokens of the benchmark have in common. */
export interface TokenFacts {
  readonly eventId: EventId;
  readonly keyId: number;
  /** As tokens count: minutes since 2024. */
  readonly issuedAt: number;
}

/** What the types of passes sign: see `database/make-event.ts`. */
export const signedTypes = {
  day: { typeNo: 1, areas: 0b101, days: 0b1 },
  early: { typeNo: 2, areas: 0b001, days: 0b1 },
} as const;

export function passIdOf(pass: number): PassId {
  return toId<PassId>(passIdBase + BigInt(pass));
}

function signatureOf(passId: PassId): Uint8Array {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(passId);
  return createHash('sha512').update(bytes).digest();
}

/** The text of a pass's QR code. */
export function tokenOf(pass: number, { eventId, keyId, issuedAt }: TokenFacts): string {
  const passId = passIdOf(pass);
  const signed = kindOf(pass) === 'early' ? signedTypes.early : signedTypes.day;
  const claims = {
    eventId,
    keyId,
    issuedAt,
    passId,
    mediumNo: 1,
    policy: { kind: 'once' },
  } as const;
  return formatToken({ ...claims, ...signed }, signatureOf(passId));
}

/** Spreads neighbours over the whole range; prime to ten, so that no two passes share a number. */
export const barcodeStride = 899_999_999_981n;
const barcodePayloads = 10n ** 14n;

/** The digits of a pass's barcode. */
export function barcodeOf(pass: number): BarcodeNumber {
  const payload = (BigInt(pass) * barcodeStride) % barcodePayloads;
  return withCheckDigits(String(payload).padStart(14, '0'));
}
