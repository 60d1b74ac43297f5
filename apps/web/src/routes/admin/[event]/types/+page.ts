import { orErrorPage } from '#lib/or-error-page.ts';
import { trpc } from '#lib/trpc.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, params, url, untrack }) => {
  const kind = url.searchParams.get('kind') === 'credential' ? 'credential' : 'ticket';
  const here = untrack(() => url);
  const api = trpc(fetch);
  const eventSlug = params.event;
  const { types, pools } = await orErrorPage(api.passType.list.query({ eventSlug, kind }), here);
  return { types, pools, kind } as const;
};
