import { sequence } from '@sveltejs/kit/hooks';
import type { Handle, ServerInit } from '@sveltejs/kit/hooks';
import { closeServices, services } from '#lib/server/services.ts';
import { paraglideMiddleware } from '#lib/paraglide/server.js';

export const init: ServerInit = async () => {
  await services();
  // adapter-node says so once the last request was answered.
  process.on('sveltekit:shutdown', () => void closeServices());
};

const language: Handle = ({ event, resolve }) =>
  paraglideMiddleware(event.request, ({ request, locale }) =>
    resolve(
      { ...event, request },
      { transformPageChunk: ({ html }) => html.replace('%paraglide.lang%', locale) },
    ),
  );

const requestContext: Handle = async ({ event, resolve }) => {
  const { db, site, log } = await services();
  const requestId = crypto.randomUUID();
  event.locals.api = { db, site, now: new Date(), member: null, log: log.child({ requestId }) };
  const response = await resolve(event);
  response.headers.set('x-request-id', requestId);
  return response;
};

export const handle = sequence(language, requestContext);
