import { errors, jwtVerify, SignJWT } from 'jose';
import type { EventId } from '../ids/brands.ts';
import { parseId } from '../ids/site-id.ts';
import type { Parsed } from '../parsed.ts';

/** A wall asks for a ticket right before it opens its socket; the socket itself lives longer. */
export const liveTicketTtlMs = 5 * 60_000;

/** One secret signs several kinds of things: the audience keeps them apart. */
const audience = 'live';
const algorithm = 'HS256';

/** Whose wall it is, and what it shows. */
export interface LiveTicket {
  eventId: EventId;
  memberId: string;
}

/** A ticket with the instant it was given out, ms since 1970: a member who was dismissed since then needs another one. */
export interface GivenTicket extends LiveTicket {
  issuedAt: number;
}

/** The secret as the site's settings hold it: CATRACA_SECRET, 64 hexadecimal digits, taken as text. */
function keyOf(secret: string): Uint8Array {
  return new TextEncoder().encode(secret);
}

/** The text that opens `/v1/live` until `liveTicketTtlMs` after `now`. */
export function signLiveTicket(ticket: LiveTicket, secret: string, now: Date): Promise<string> {
  const { eventId, memberId } = ticket;
  // The standard's instant has seconds only.
  return new SignJWT({ eventId: eventId.toString(), memberId, issuedAt: now.getTime() })
    .setProtectedHeader({ alg: algorithm })
    .setAudience(audience)
    .setIssuedAt(now)
    .setExpirationTime(new Date(now.getTime() + liveTicketTtlMs))
    .sign(keyOf(secret));
}

/** `expired`: it was ours. `malformed`: anything else, a wrong signature too. */
export async function verifyLiveTicket(
  text: string,
  secret: string,
  now: Date,
): Promise<Parsed<GivenTicket, 'malformed' | 'expired'>> {
  try {
    const { payload } = await jwtVerify(text, keyOf(secret), {
      algorithms: [algorithm],
      audience,
      requiredClaims: ['exp'],
      currentDate: now,
    });
    const eventId = parseId<EventId>(payload['eventId']);
    const { memberId, issuedAt } = payload;
    if (!eventId.ok || typeof memberId !== 'string' || typeof issuedAt !== 'number') {
      return { ok: false, problem: 'malformed' };
    }
    return { ok: true, value: { eventId: eventId.value, memberId, issuedAt } };
  } catch (error) {
    if (error instanceof errors.JWTExpired) return { ok: false, problem: 'expired' };
    if (error instanceof errors.JOSEError) return { ok: false, problem: 'malformed' };
    throw error;
  }
}
