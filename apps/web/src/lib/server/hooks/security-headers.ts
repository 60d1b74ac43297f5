import type { Handle } from '@sveltejs/kit/hooks';
import { REALTIME_URL } from '$app/env/public';
import { WEB_ORIGIN } from '$app/env/private';

/** Two years, as browsers ask for. */
const hstsSeconds = 2 * 365 * 24 * 3600;

/** What every answer says about how it may be used. The camera is the scanner's. */
export function securityHeaders(origin: string): Record<string, string> {
  return {
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    // Order pages and tickets have their key in the address: it must not travel to other sites.
    'referrer-policy': 'same-origin',
    'permissions-policy': 'camera=(self), microphone=(), geolocation=(), payment=(), usb=()',
    'cross-origin-opener-policy': 'same-origin',
    ...(origin.startsWith('https:')
      ? { 'strict-transport-security': `max-age=${hstsSeconds}` }
      : {}),
  };
}

/** Where a page may connect to: this site and its realtime service, whose address only the running server knows. */
export function connectSources(realtimeUrl: string): string {
  const http = new URL(realtimeUrl).origin;
  return `connect-src 'self' ${http} ${http.replace(/^http/, 'ws')}`;
}

/** The rest of the policy is in vite.config.ts, since SvelteKit adds the hash of its start-up script. */
export const addSecurityHeaders: Handle = async ({ event, resolve }) => {
  const response = await resolve(event);
  for (const [name, value] of Object.entries(securityHeaders(WEB_ORIGIN))) {
    if (!response.headers.has(name)) response.headers.set(name, value);
  }
  const policy = response.headers.get('content-security-policy');
  if (policy) {
    response.headers.set('content-security-policy', `${policy}; ${connectSources(REALTIME_URL)}`);
  }
  return response;
};
