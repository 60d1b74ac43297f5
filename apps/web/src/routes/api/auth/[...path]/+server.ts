import { WEB_ORIGIN } from '$app/env/private';
import { authHeaders } from '#lib/server/auth/auth-headers.ts';
import { services } from '#lib/server/services.ts';
import type { RequestHandler } from './$types';

/**
 * What of better-auth is reachable. Its endpoints that change people or organizations are not: they have
 * no page yet and would leave no trace; nor is the one that shows the session's token to scripts.
 */
const reachable = new Set([
  'sign-in/email',
  'sign-out',
  'organization/list',
  'organization/set-active',
]);

const handler: RequestHandler = async (event) => {
  if (!reachable.has(event.params.path))
    return Response.json({ error: 'not_found' }, { status: 404 });
  const { auth } = await services();
  const { method } = event.request;
  const body = method === 'GET' ? null : await event.request.arrayBuffer();
  const address = new URL(event.url.pathname + event.url.search, WEB_ORIGIN);
  return auth.handler(new Request(address, { method, headers: authHeaders(event), body }));
};

export const GET = handler;
export const POST = handler;
