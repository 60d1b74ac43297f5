import { orErrorPage } from '#lib/or-error-page.ts';
import { trpc } from '#lib/trpc.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, params, url, depends, untrack }) => {
  depends('admin:badges');
  const asked = trpc(fetch).badge.designs.query({ eventSlug: params.event });
  return {
    badges: await orErrorPage(
      asked,
      untrack(() => url),
    ),
  };
};
