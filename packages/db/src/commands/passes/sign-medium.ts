import {
  assert,
  formatToken,
  parseCode,
  toId,
  tokenMinuteOf,
  type EventId,
  type PassClaims,
  type PassId,
} from '@catraca/domain';
import { signToken } from '@catraca/domain/token/node';
import type { media } from '../../schema/index.ts';
import type { SigningKey } from '../keys/signing-keys.ts';
import { policyCountOf, policyOf, type SignedType } from './signed-types.ts';

/** A QR medium's row: what was signed, and the signature over it. */
export interface QrMedium {
  passId: bigint;
  no: number;
  keyId: number;
  issuedAt: number;
  signature: Uint8Array;
  policyKind: PassClaims['policy']['kind'];
  policyCount: number | null;
  areaMask: number;
  dayMask: number;
}

/** Signs medium `no` of a pass. 50 µs of a core. */
export function signMedium(
  key: SigningKey,
  type: SignedType,
  passId: bigint,
  no: number,
  now: Date,
): QrMedium {
  const claims: PassClaims = {
    keyId: key.keyId,
    eventId: toId<EventId>(type.eventId),
    passId: toId<PassId>(passId),
    typeNo: type.no,
    mediumNo: no,
    policy: type.policy,
    areas: type.areaMask,
    days: type.dayMask,
    issuedAt: tokenMinuteOf(now.getTime()),
  };
  const code = parseCode(signToken(claims, key.privateKey));
  assert(code.kind === 'token', 'what was just signed is a token');
  return {
    passId,
    no,
    keyId: key.keyId,
    issuedAt: claims.issuedAt,
    signature: code.signature,
    policyKind: type.policy.kind,
    policyCount: policyCountOf(type.policy),
    areaMask: type.areaMask,
    dayMask: type.dayMask,
  };
}

/** What a token says, from the rows of its pass, type and medium. */
export function claimsOfMedium(
  pass: { eventId: bigint; typeNo: number },
  medium: typeof media.$inferSelect,
): { claims: PassClaims; token: string } {
  const { keyId, signature, policyKind, areaMask, dayMask } = medium;
  assert(
    keyId !== null && signature && policyKind && areaMask !== null && dayMask !== null,
    'a QR medium is signed',
  );
  const claims: PassClaims = {
    keyId,
    eventId: toId<EventId>(pass.eventId),
    passId: toId<PassId>(medium.passId),
    typeNo: pass.typeNo,
    mediumNo: medium.no,
    policy: policyOf(policyKind, medium.policyCount),
    areas: areaMask,
    days: dayMask,
    issuedAt: medium.issuedAt,
  };
  return { claims, token: formatToken(claims, signature) };
}
