import { orErrorPage } from '#lib/or-error-page.ts';
import { trpc } from '#lib/trpc.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, params, url, depends, untrack }) => {
  depends('admin:import');
  const asked = trpc(fetch).job.list.query({ eventSlug: params.event, kinds: ['import_passes'] });
  return {
    jobs: await orErrorPage(
      asked,
      untrack(() => url),
    ),
  };
};
