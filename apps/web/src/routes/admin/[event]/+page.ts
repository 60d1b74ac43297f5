import { orErrorPage } from '#lib/or-error-page.ts';
import { trpc } from '#lib/trpc.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, params, parent, url, untrack }) => {
  const here = untrack(() => url);
  const { event, may } = await parent();
  const api = trpc(fetch);
  const eventSlug = params.event;
  const isSetUp = event.status === 'draft' && may.includes('event.setUp');
  const [overview, setUp, types] = await Promise.all([
    orErrorPage(api.overview.get.query({ eventSlug }), here),
    isSetUp ? orErrorPage(api.event.setUp.query({ eventSlug }), here) : null,
    isSetUp ? orErrorPage(api.passType.list.query({ eventSlug, kind: 'ticket' }), here) : null,
  ]);
  return { overview, draft: setUp && types ? { setUp, types: types.types } : null };
};
