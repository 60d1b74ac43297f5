import { orErrorPage } from '#lib/or-error-page.ts';
import { trpc } from '#lib/trpc.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, params, url, depends, untrack }) => {
  depends('admin:order');
  const { event: eventSlug, reference } = params;
  const asked = trpc(fetch).order.find.query({ eventSlug, reference });
  return {
    order: await orErrorPage(
      asked,
      untrack(() => url),
    ),
  };
};
