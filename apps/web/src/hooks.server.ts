import { sequence } from '@sveltejs/kit/hooks';
import type { Handle, ServerInit } from '@sveltejs/kit/hooks';
import { closeServices, services } from '#lib/server/services.ts';
import { logRequest } from '#lib/server/hooks/log-request.ts';
import { refuseCrossSite } from '#lib/server/hooks/refuse-cross-site.ts';
import { refuseLarge } from '#lib/server/hooks/refuse-large.ts';
import { refuseNul } from '#lib/server/hooks/refuse-nul.ts';
import { requestContext } from '#lib/server/hooks/request-context.ts';
import { sharePages } from '#lib/server/hooks/shared-pages.ts';
import { addSecurityHeaders } from '#lib/server/hooks/security-headers.ts';
import { paraglideMiddleware } from '#lib/paraglide/server.js';

export const init: ServerInit = async () => {
  await services();
  // adapter-node says so once the last request was answered.
  process.on('sveltekit:shutdown', () => void closeServices());
};

const language: Handle = ({ event, resolve }) => {
  // The API has no words of its own: to find out the language costs as much as some of its answers.
  if (event.route.id === '/trpc/[...path]') return resolve(event);
  return paraglideMiddleware(event.request, ({ request, locale }) =>
    resolve(
      { ...event, request },
      { transformPageChunk: ({ html }) => html.replace('%paraglide.lang%', locale) },
    ),
  );
};

export { handleError } from '#lib/server/hooks/log-request.ts';

export const handle = sequence(
  logRequest,
  refuseNul,
  sharePages,
  addSecurityHeaders,
  refuseCrossSite,
  refuseLarge,
  language,
  requestContext,
);
