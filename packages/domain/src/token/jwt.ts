import {
  base64url,
  errors,
  jwtVerify,
  SignJWT,
  type CryptoKey,
  type JWK,
  type KeyObject,
} from 'jose';
import { assert } from '../assert.ts';
import { entryPolicyKinds, type EntryPolicy } from '../admission/entry-policy.ts';
import type { EventId, PassId } from '../ids/brands.ts';
import { parseId } from '../ids/site-id.ts';
import type { Parsed } from '../parsed.ts';
import { claimsProblem } from './claims-codec.ts';
import { instantOfTokenMinute, tokenMinuteOf, type PassClaims } from './claims.ts';
import { maskNoMax, maskOf, numbersOf } from './mask.ts';
import type { KeyLookup } from './verification.ts';

/** A key in either shape, so that this runs in Node and in a browser. */
export type JwtKey = CryptoKey | KeyObject;

/**
 * The claims of a token by name, as a JWT (EdDSA) for links, wallets and the API, where size does not matter: `sub` pass id and
 * `evt` event id in decimal, `typ`, `med`, `pol` (`once`, `n_times:3` …), `are` and `day` as lists of numbers, `iat`; the key id is `kid`.
 */
export async function signPassJwt(
  claims: PassClaims,
  privateKey: JwtKey,
  issuer: string,
): Promise<string> {
  assert(claimsProblem(claims) === undefined, 'claims must be in range');
  const { policy } = claims;
  return new SignJWT({
    evt: claims.eventId.toString(),
    typ: claims.typeNo,
    med: claims.mediumNo,
    pol: policy.kind === 'n_times' ? `n_times:${policy.n}` : policy.kind,
    are: numbersOf(claims.areas),
    day: numbersOf(claims.days),
  })
    .setProtectedHeader({ alg: 'EdDSA', typ: 'JWT', kid: claims.keyId.toString() })
    .setIssuer(issuer)
    .setSubject(claims.passId.toString())
    .setIssuedAt(instantOfTokenMinute(claims.issuedAt) / 1000)
    .sign(privateKey);
}

/**
 * `malformed`: no JWT of this kind, or claims out of range. `unknown_key`: nobody here has the key it names.
 * `bad_signature`: that key did not sign it. `wrong_issuer`: it is another installation's.
 */
export type JwtProblem = 'malformed' | 'unknown_key' | 'bad_signature' | 'wrong_issuer';

export async function verifyPassJwt(
  jwt: string,
  keyOf: KeyLookup<JwtKey>,
  issuer: string,
): Promise<Parsed<PassClaims, JwtProblem>> {
  try {
    const { payload, protectedHeader } = await jwtVerify(
      jwt,
      ({ kid }) => {
        const key = keyOf(readKeyId(kid));
        if (key === undefined) throw new UnknownKeyError();
        return key;
      },
      { algorithms: ['EdDSA'], issuer },
    );
    const claims = readClaims({ ...payload, kid: protectedHeader.kid });
    return claims === undefined ? { ok: false, problem: 'malformed' } : { ok: true, value: claims };
  } catch (error) {
    return { ok: false, problem: problemOf(error) };
  }
}

class UnknownKeyError extends Error {}

function problemOf(error: unknown): JwtProblem {
  if (error instanceof UnknownKeyError) return 'unknown_key';
  if (error instanceof errors.JWSSignatureVerificationFailed) return 'bad_signature';
  if (error instanceof errors.JWTClaimValidationFailed && error.claim === 'iss')
    return 'wrong_issuer';
  if (error instanceof errors.JOSEError) return 'malformed';
  throw error;
}

function readClaims(jwt: Readonly<Record<string, unknown>>): PassClaims | undefined {
  const { kid, evt, sub, typ, med, pol, are, day, iat } = jwt;
  const eventId = parseId<EventId>(evt);
  const passId = parseId<PassId>(sub);
  const [policy, areas, days] = [readPolicy(pol), readMask(are), readMask(day)];
  if (!eventId.ok || !passId.ok || !policy || areas === undefined || days === undefined)
    return undefined;
  if (typeof typ !== 'number' || typeof med !== 'number' || typeof iat !== 'number')
    return undefined;
  const claims: PassClaims = {
    keyId: readKeyId(kid),
    eventId: eventId.value,
    passId: passId.value,
    typeNo: typ,
    mediumNo: med,
    policy,
    areas,
    days,
    issuedAt: tokenMinuteOf(iat * 1000),
  };
  return claimsProblem(claims) === undefined ? claims : undefined;
}

/** NaN, which is no key's id, for anything but digits. */
function readKeyId(kid: unknown): number {
  return typeof kid === 'string' && /^[0-9]{3,5}$/.test(kid) ? Number(kid) : NaN;
}

function readPolicy(text: unknown): EntryPolicy | undefined {
  if (typeof text !== 'string') return undefined;
  const count = /^n_times:([0-9]{1,2})$/.exec(text)?.[1];
  if (count !== undefined) return { kind: 'n_times', n: Number(count) };
  const kind = entryPolicyKinds.find((kind) => kind === text);
  return kind === undefined || kind === 'n_times' ? undefined : { kind };
}

function readMask(numbers: unknown): number | undefined {
  if (!Array.isArray(numbers)) return undefined;
  const isNo = (no: unknown): no is number =>
    typeof no === 'number' && Number.isInteger(no) && no >= 1 && no <= maskNoMax;
  return numbers.every(isNo) ? maskOf(numbers) : undefined;
}

/** A public key as it is stored. */
export interface PublicKeyBytes {
  readonly keyId: number;
  /** 32 bytes. */
  readonly publicKey: Uint8Array;
}

/** What `/.well-known/jwks.json` serves (RFC 7517, RFC 8037): retired keys too, since they still verify what they signed. */
export function buildJwks(keys: readonly PublicKeyBytes[]): { keys: JWK[] } {
  return {
    keys: keys.map(({ keyId, publicKey }) => ({
      kty: 'OKP',
      crv: 'Ed25519',
      x: base64url.encode(publicKey),
      kid: keyId.toString(),
      alg: 'EdDSA',
      use: 'sig',
    })),
  };
}
