import { parsePublicId, type PublicId } from '@catraca/domain';
import { errors, jwtVerify, SignJWT } from 'jose';

/** A browser's place in a waiting room, as its cookie says it. */
export interface PlaceClaims {
  readonly slug: string;
  readonly publicId: PublicId;
  /** Thumbprint (RFC 7638) of the key that only that browser has. */
  readonly keyThumbprint: string;
}

/** One secret signs several kinds of things: the audience keeps them apart. */
const audience = 'waiting-place';
const algorithm = 'HS256';

const keyOf = (secret: string) => new TextEncoder().encode(secret);

/** `secret`: CATRACA_SECRET. The key's thumbprint stands where RFC 7800 puts it. */
export function signPlace(place: PlaceClaims, secret: string): Promise<string> {
  return new SignJWT({ evt: place.slug, cnf: { jkt: place.keyThumbprint } })
    .setProtectedHeader({ alg: algorithm })
    .setAudience(audience)
    .setSubject(place.publicId)
    .sign(keyOf(secret));
}

/** What we signed for this event; undefined for anything else. */
export async function readPlace(
  token: string,
  slug: string,
  secret: string,
): Promise<PlaceClaims | undefined> {
  try {
    const { payload } = await jwtVerify(token, keyOf(secret), {
      algorithms: [algorithm],
      audience,
    });
    const publicId = parsePublicId(payload.sub);
    const keyThumbprint = (payload['cnf'] as { jkt?: unknown } | undefined)?.jkt;
    if (payload['evt'] !== slug || !publicId.ok || typeof keyThumbprint !== 'string')
      return undefined;
    return { slug, publicId: publicId.value, keyThumbprint };
  } catch (error) {
    if (error instanceof errors.JOSEError) return undefined;
    throw error;
  }
}
