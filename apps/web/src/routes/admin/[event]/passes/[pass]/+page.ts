import { orErrorPage } from '#lib/or-error-page.ts';
import { trpc } from '#lib/trpc.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, params, url, depends, untrack }) => {
  depends('admin:pass');
  const { event: eventSlug, pass: passPublicId } = params;
  const asked = trpc(fetch).pass.find.query({ eventSlug, passPublicId });
  return {
    pass: await orErrorPage(
      asked,
      untrack(() => url),
    ),
  };
};
