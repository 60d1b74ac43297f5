import { error } from '@sveltejs/kit';
import { orErrorPage } from '#lib/or-error-page.ts';
import { trpc } from '#lib/trpc.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, params, url, untrack }) => {
  const kind = url.searchParams.get('kind') === 'credential' ? 'credential' : 'ticket';
  const here = untrack(() => url);
  const api = trpc(fetch);
  const eventSlug = params.event;
  const [{ types }, setUp] = await Promise.all([
    orErrorPage(api.passType.list.query({ eventSlug, kind }), here),
    orErrorPage(api.event.setUp.query({ eventSlug }), here),
  ]);
  const type = types.find(({ id }) => id === params.type);
  if (!type && params.type !== 'new') error(404, { message: 'not_found' });
  return { type, setUp, kind, count: types.length } as const;
};
