import type { RequestEvent } from '@sveltejs/kit';
import type { Handle } from '@sveltejs/kit/hooks';
import { CATRACA_MASTER_KEY, CATRACA_SECRET } from '$app/env/private';
import { authHeaders } from '../auth/auth-headers.ts';
import { findMember } from '../auth/find-member.ts';
import { cartCookie } from '../cart-cookie.ts';
import { services } from '../services.ts';

const masterKey = Buffer.from(CATRACA_MASTER_KEY, 'hex');

/** Gives the request its id, its member and its instant, and writes one line about it when it was answered. */
export const requestContext: Handle = async ({ event, resolve }) => {
  const { db, site, auth, payments, links, log: processLog } = await services();
  const requestId = crypto.randomUUID();
  const log = processLog.child({ requestId });
  const started = performance.now();
  const member = await findMember(auth, db, authHeaders(event));
  const cart = cartCookie(event.cookies);
  event.locals.api = {
    db,
    site,
    now: new Date(),
    member,
    cart,
    secret: CATRACA_SECRET,
    masterKey,
    payments,
    links,
    log,
  };
  const response = await resolve(event);
  response.headers.set('x-request-id', requestId);
  // What a page asks of its own server while it is rendered belongs to the page's line.
  if (!event.isSubRequest) {
    const ms = Math.round(performance.now() - started);
    log.info(
      { ...describe(event), status: response.status, ms, userId: member?.userId },
      'request',
    );
  }
  return response;
};

/** Names the route and never the address: a ticket's key is in the path, an order's in the query. */
function describe(event: RequestEvent) {
  const procedures = event.route.id === '/trpc/[...path]' ? event.params.path : undefined;
  return { method: event.request.method, route: event.route.id ?? 'none', procedures };
}
