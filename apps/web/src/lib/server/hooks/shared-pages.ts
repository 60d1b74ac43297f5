import { Fresh } from '@catraca/api';
import type { RequestEvent } from '@sveltejs/kit';
import type { Handle } from '@sveltejs/kit/hooks';

/** Routes whose pages are the same for all who are nobody in particular. */
const sharedRoutes = new Set([
  '/(store)',
  '/(store)/events/[slug]',
  '/(store)/events/[slug]/queue',
]);

/** How long (ms) a page is sent as it was rendered: with the age of what is on it, a second. */
const maxAgeMs = 500;

interface Page {
  readonly status: number;
  readonly headers: [string, string][];
  readonly body: ArrayBuffer;
}

const pages = new Fresh<Page>(maxAgeMs);

/** Renders a page that everybody sees alike twice a second, however many ask for it. */
export const sharePages: Handle = async ({ event, resolve }) => {
  const key = keyOf(event);
  if (key === undefined) return resolve(event);
  const { status, headers, body } = await pages.get(key, async () => {
    const response = await resolve(event);
    return {
      status: response.status,
      // A cookie is for one, and this page goes to many: nobody is handed what was meant for whoever came first.
      headers: [...response.headers].filter(([name]) => name !== 'set-cookie'),
      body: await response.arrayBuffer(),
    };
  });
  return new Response(body, { status, headers });
};

/**
 * What a shared page depends on; undefined when this request's page is its own: somebody has a cart, is signed in, or asks
 * for something special.
 */
export function keyOf({ request, route, url, isDataRequest }: RequestEvent): string | undefined {
  if (request.method !== 'GET' || isDataRequest || url.search !== '') return undefined;
  if (route.id === null || !sharedRoutes.has(route.id)) return undefined;
  const cookies = request.headers.get('cookie') ?? '';
  if (!/^(catraca_locale=[\w-]+)?$/.test(cookies)) return undefined;
  return [url.pathname, cookies, request.headers.get('accept-language') ?? ''].join('\n');
}
