import { orErrorPage } from '#lib/or-error-page.ts';
import { trpc } from '#lib/trpc.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, params, url, untrack }) => {
  const here = untrack(() => url);
  const setUp = trpc(fetch).event.setUp.query({ eventSlug: params.event });
  return { setUp: await orErrorPage(setUp, here) };
};
