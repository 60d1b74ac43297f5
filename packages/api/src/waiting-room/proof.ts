import { proofTtlMs } from '@catraca/domain';
import {
  calculateJwkThumbprint,
  decodeProtectedHeader,
  errors,
  importJWK,
  jwtVerify,
  type JWK,
} from 'jose';
import { z } from 'zod';
import type { PlaceClaims } from './place-token.ts';

/*
 * A proof, after the idea of RFC 9449: a JWT signed by the browser's own key, which it carries in its header, over the event,
 * the act and the time. It is good for one minute, and for once.
 */

/** What a proof is for: it is good for nothing else. */
export type PlaceAct = 'enter' | 'hold' | 'leave';

const proofType = 'catraca-place+jwt';

/** Letters: twice what ours has. */
export const proofLengthMax = 1_024;

/** 32 bytes in base64url. */
const coordinate = z.string().regex(/^[\w-]{43}$/);

/** The public half of a browser's key (RFC 7517): P-256, and nothing else in it. */
export const publicJwk = z.object({
  kty: z.literal('EC'),
  crv: z.literal('P-256'),
  x: coordinate,
  y: coordinate,
});

const claims = z.object({ evt: z.string(), act: z.string(), jti: z.string().min(1).max(64) });

/** The id of a proof by the key of this place for this act, at this moment; undefined for anything else. */
export async function checkProof(
  proof: string,
  place: PlaceClaims,
  act: PlaceAct,
  now: Date,
): Promise<string | undefined> {
  try {
    const jwk = publicJwk.safeParse(decodeProtectedHeader(proof).jwk);
    if (!jwk.success || (await thumbprintOf(jwk.data)) !== place.keyThumbprint) return undefined;
    const { payload } = await jwtVerify(proof, await importJWK(jwk.data, 'ES256'), {
      algorithms: ['ES256'],
      typ: proofType,
      currentDate: now,
      clockTolerance: proofTtlMs / 1000,
      maxTokenAge: 0,
    });
    const said = claims.safeParse(payload);
    if (!said.success || said.data.evt !== place.slug || said.data.act !== act) return undefined;
    return said.data.jti;
  } catch (error) {
    if (error instanceof errors.JOSEError || error instanceof TypeError) return undefined;
    // A point that is not on the curve.
    if (error instanceof DOMException) return undefined;
    throw error;
  }
}

export function thumbprintOf(jwk: JWK): Promise<string> {
  return calculateJwkThumbprint(jwk, 'sha256');
}

/** Proofs remembered, one for each act of the last two minutes: past this many the shop is busier than it can be. */
const rememberedMax = 200_000;

/** Remembers which proofs were used while they are good, so that none is used twice in this process. */
export class UsedProofs {
  readonly #usedAt = new Map<string, number>();

  /** False when it was used before, or when there is no room to remember it. */
  use(id: string, now: Date): boolean {
    this.#forget(now.getTime() - 2 * proofTtlMs);
    if (this.#usedAt.has(id) || this.#usedAt.size >= rememberedMax) return false;
    this.#usedAt.set(id, now.getTime());
    return true;
  }

  #forget(before: number): void {
    // The oldest are first.
    for (const [id, at] of this.#usedAt) {
      if (at >= before) return;
      this.#usedAt.delete(id);
    }
  }
}
