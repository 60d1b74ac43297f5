import type { Handle } from '@sveltejs/kit/hooks';
import { WEB_ORIGIN } from '$app/env/private';

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Whether a request that may change something was sent by another site's page. A browser always names the
 * origin of such a request; a program (a payment provider's webhook, a reader) names none and has no cookies to borrow.
 */
export function isCrossSite(request: Request, ownOrigin: string): boolean {
  if (safeMethods.has(request.method)) return false;
  const origin = request.headers.get('origin');
  if (origin !== null) return origin !== ownOrigin;
  const site = request.headers.get('sec-fetch-site');
  return site !== null && site !== 'same-origin' && site !== 'none';
}

/**
 * Stands in for SvelteKit's own check, which looks at forms only, and at the Host header, which is another
 * one behind a proxy.
 */
export const refuseCrossSite: Handle = ({ event, resolve }) =>
  isCrossSite(event.request, WEB_ORIGIN)
    ? Response.json(
        { error: 'cross_site', message: 'Requests from other sites are refused.' },
        { status: 403 },
      )
    : resolve(event);
