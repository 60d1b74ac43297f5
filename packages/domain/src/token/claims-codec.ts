import { assert } from '../assert.ts';
import { entriesMax, entryPolicyKinds, type EntryPolicy } from '../admission/entry-policy.ts';
import type { EventId, PassId } from '../ids/brands.ts';
import { isId, toId } from '../ids/site-id.ts';
import {
  issuedAtMax,
  keyIdMax,
  keyIdMin,
  mediumNoMax,
  tokenVersion,
  typeNoMax,
  type PassClaims,
} from './claims.ts';

/**
 * Big endian: version u8, keyId u16, eventId u64, passId u64, typeNo u16, mediumNo u8,
 * policy u8 (kind in the 3 high bits, N of `n_times` in the 5 low ones), areas u16, days u16, issuedAt u32.
 */
export const claimsBytesLength = 31;

const at = {
  version: 0,
  keyId: 1,
  eventId: 3,
  passId: 11,
  typeNo: 19,
  mediumNo: 21,
  policy: 22,
  areas: 23,
  days: 25,
  issuedAt: 27,
};

/** The 31 bytes of the claims. Claims out of range are a bug: nothing could read them back. */
export function encodeClaims(claims: PassClaims): Uint8Array {
  const problem = claimsProblem(claims);
  assert(problem === undefined, `claims cannot be packed: ${problem}`);
  const bytes = new Uint8Array(claimsBytesLength);
  const view = new DataView(bytes.buffer);
  view.setUint8(at.version, tokenVersion);
  view.setUint16(at.keyId, claims.keyId);
  view.setBigUint64(at.eventId, claims.eventId);
  view.setBigUint64(at.passId, claims.passId);
  view.setUint16(at.typeNo, claims.typeNo);
  view.setUint8(at.mediumNo, claims.mediumNo);
  view.setUint8(at.policy, packPolicy(claims.policy));
  view.setUint16(at.areas, claims.areas);
  view.setUint16(at.days, claims.days);
  view.setUint32(at.issuedAt, claims.issuedAt);
  return bytes;
}

/** The claims in these 31 bytes, or undefined when no `encodeClaims` wrote them (another version included). */
export function decodeClaims(bytes: Uint8Array): PassClaims | undefined {
  assert(bytes.length === claimsBytesLength, 'claims are 31 bytes');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const policy = unpackPolicy(view.getUint8(at.policy));
  if (view.getUint8(at.version) !== tokenVersion || policy === undefined) return undefined;
  const claims: PassClaims = {
    keyId: view.getUint16(at.keyId),
    eventId: toId<EventId>(view.getBigUint64(at.eventId)),
    passId: toId<PassId>(view.getBigUint64(at.passId)),
    typeNo: view.getUint16(at.typeNo),
    mediumNo: view.getUint8(at.mediumNo),
    policy,
    areas: view.getUint16(at.areas),
    days: view.getUint16(at.days),
    issuedAt: view.getUint32(at.issuedAt),
  };
  return claimsProblem(claims) === undefined ? claims : undefined;
}

/** The first claim that is out of its range, by name. The JWT's reader asks the same. */
export function claimsProblem(claims: PassClaims): keyof PassClaims | undefined {
  if (!within(claims.keyId, keyIdMin, keyIdMax)) return 'keyId';
  if (!isId(claims.eventId)) return 'eventId';
  if (!isId(claims.passId)) return 'passId';
  if (!within(claims.typeNo, 1, typeNoMax)) return 'typeNo';
  if (!within(claims.mediumNo, 1, mediumNoMax)) return 'mediumNo';
  if (claims.policy.kind === 'n_times' && !within(claims.policy.n, 1, entriesMax)) return 'policy';
  if (!within(claims.areas, 0, 0xffff)) return 'areas';
  if (!within(claims.days, 0, 0xffff)) return 'days';
  if (!within(claims.issuedAt, 0, issuedAtMax)) return 'issuedAt';
  return undefined;
}

function within(value: number, min: number, max: number): boolean {
  return Number.isInteger(value) && value >= min && value <= max;
}

function packPolicy(policy: EntryPolicy): number {
  const low = policy.kind === 'n_times' ? policy.n : 0;
  return (entryPolicyKinds.indexOf(policy.kind) << 5) | low;
}

function unpackPolicy(byte: number): EntryPolicy | undefined {
  const kind = entryPolicyKinds[byte >> 5];
  const n = byte & entriesMax;
  if (kind === 'n_times') return n === 0 ? undefined : { kind, n };
  // Only N may use the low bits: one policy has one byte.
  return kind === undefined || n !== 0 ? undefined : { kind };
}
