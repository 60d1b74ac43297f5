import { appRouter } from '@catraca/api';
import { loggable } from '#lib/server/loggable.ts';
import { fetchRequestHandler } from '@trpc/server/adapters/fetch';
import type { RequestHandler } from './$types';

const handler: RequestHandler = ({ request, locals }) =>
  fetchRequestHandler({
    endpoint: '/trpc',
    req: request,
    router: appRouter,
    createContext: () => locals.api,
    onError({ error, path }) {
      // A refusal is an answer; only what nobody expected is logged, and never the input.
      if (error.code === 'INTERNAL_SERVER_ERROR') {
        locals.api.log.error({ path, err: loggable(error) }, 'procedure failed');
      }
    },
  });

export const GET = handler;
export const POST = handler;
