import type { Buyer, Client, LimitKeys } from '@catraca/api';
import type { RequestEvent } from '@sveltejs/kit';
import type { Handle } from '@sveltejs/kit/hooks';
import { CATRACA_MASTER_KEY, CATRACA_SECRET } from '$app/env/private';
import { authHeaders } from '../auth/auth-headers.ts';
import { findSignedIn } from '../auth/find-signed-in.ts';
import { cartCookie } from '../cart-cookie.ts';
import { placeCookies } from '../place-cookies.ts';
import { services } from '../services.ts';

const masterKey = Buffer.from(CATRACA_MASTER_KEY, 'hex');

/** What a procedure called for this request gets. */
export const requestContext: Handle = async ({ event, resolve }) => {
  const { db, site, board, auth, payments, links, limitKeys, waitingRooms, ...throttles } =
    await services();
  const signedIn = await findSignedIn(auth, db, authHeaders(event));
  event.locals.signedIn = signedIn;
  event.locals.api = {
    db,
    site,
    board,
    now: new Date(),
    member: signedIn?.standing === 'member' ? signedIn.member : null,
    standing: signedIn?.standing ?? 'nobody',
    cart: cartCookie(event.cookies),
    buyer: buyerOf(event, limitKeys),
    client: clientOf(event),
    limitKeys,
    applying: throttles.applying,
    redeeming: throttles.redeeming,
    places: placeCookies(event.cookies),
    waitingRooms,
    secret: CATRACA_SECRET,
    masterKey,
    payments,
    links,
    log: event.locals.log,
  };
  return resolve(event);
};

/** Told when it is asked for: only what is written down needs it. */
function clientOf(event: RequestEvent): Client {
  return {
    get address() {
      return event.getClientAddress();
    },
    userAgent: event.request.headers.get('user-agent'),
  };
}

/** Told when it is asked for, since most requests do not. A proxy's word is taken only as ADDRESS_HEADER says. */
function buyerOf(event: RequestEvent, limitKeys: LimitKeys): Buyer {
  return {
    get networkKey() {
      return limitKeys.network(event.getClientAddress());
    },
  };
}
