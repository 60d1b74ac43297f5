import type { Handle } from '@sveltejs/kit/hooks';
import { CATRACA_MASTER_KEY, CATRACA_SECRET } from '$app/env/private';
import { authHeaders } from '../auth/auth-headers.ts';
import { findMember } from '../auth/find-member.ts';
import { cartCookie } from '../cart-cookie.ts';
import { services } from '../services.ts';

const masterKey = Buffer.from(CATRACA_MASTER_KEY, 'hex');

/** What a procedure called for this request gets. */
export const requestContext: Handle = async ({ event, resolve }) => {
  const { db, site, board, auth, payments, links } = await services();
  event.locals.api = {
    db,
    site,
    board,
    now: new Date(),
    member: await findMember(auth, db, authHeaders(event)),
    cart: cartCookie(event.cookies),
    secret: CATRACA_SECRET,
    masterKey,
    payments,
    links,
    log: event.locals.log,
  };
  return resolve(event);
};
