import { orErrorPage } from '#lib/or-error-page.ts';
import { trpc } from '#lib/trpc.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, params, url, untrack }) => {
  const asked = trpc(fetch).conflict.list.query({ eventSlug: params.event });
  return {
    conflicts: await orErrorPage(
      asked,
      untrack(() => url),
    ),
  };
};
