import { orErrorPage } from '#lib/or-error-page.ts';
import { trpc } from '#lib/trpc.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, params, url, untrack }) => {
  const asked = trpc(fetch).seatMap.get.query({ eventSlug: params.event });
  return {
    found: await orErrorPage(
      asked,
      untrack(() => url),
    ),
  };
};
