import { orErrorPage } from '#lib/or-error-page.ts';
import { trpc } from '#lib/trpc.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, url, untrack }) => {
  const asked = trpc(fetch).person.retention.query();
  return {
    retention: await orErrorPage(
      asked,
      untrack(() => url),
    ),
  };
};
