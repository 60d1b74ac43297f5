import { orErrorPage } from '#lib/or-error-page.ts';
import { trpc } from '#lib/trpc.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, params, url, depends, untrack }) => {
  depends('admin:checkpoints');
  const asked = trpc(fetch).checkpoint.list.query({ eventSlug: params.event });
  return {
    checkpoints: await orErrorPage(
      asked,
      untrack(() => url),
    ),
  };
};
