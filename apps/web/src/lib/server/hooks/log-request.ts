import type { RequestEvent } from '@sveltejs/kit';
import type { Handle, HandleServerError } from '@sveltejs/kit/hooks';
import { loggable } from '../loggable.ts';
import { services } from '../services.ts';

/** Gives the request its id, and writes one line about it when it was answered. */
export const logRequest: Handle = async ({ event, resolve }) => {
  const requestId = crypto.randomUUID();
  const log = (await services()).log.child({ requestId });
  event.locals.log = log;
  const started = performance.now();
  const response = await resolve(event);
  response.headers.set('x-request-id', requestId);
  // What a page asks of its own server while it is rendered belongs to the page's line.
  if (!event.isSubRequest) {
    const ms = Math.round(performance.now() - started);
    log.info({ ...describe(event), status: response.status, ms }, 'request');
  }
  return response;
};

/** Writes what nobody expected; the page only learns that it failed. */
export const handleError: HandleServerError = ({ kind, error, event }) => {
  if (kind === 'unknown') {
    event.locals.log.error({ ...describe(event), err: loggable(error) }, 'page failed');
  }
};

/** Names the route and never the address: a ticket's key is in the path, an order's in the query. */
function describe(event: RequestEvent) {
  return {
    method: event.request.method,
    route: event.route.id ?? 'none',
    procedures: event.route.id === '/trpc/[...path]' ? event.params.path : undefined,
    // A request that is refused early has no context.
    userId: (event.locals as Partial<App.Locals>).api?.member?.userId,
  };
}
