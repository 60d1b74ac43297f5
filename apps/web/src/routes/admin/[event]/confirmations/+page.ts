import { orErrorPage } from '#lib/or-error-page.ts';
import { trpc } from '#lib/trpc.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, params, url, depends, untrack }) => {
  depends('admin:confirmations');
  const api = trpc(fetch);
  const eventSlug = params.event;
  const asked = Promise.all([
    api.confirmation.get.query({ eventSlug }),
    api.confirmation.list.query({ eventSlug }),
    api.job.list.query({ eventSlug, kinds: ['ask_holders', 'remind_holders'] }),
  ]);
  const [found, first, jobs] = await orErrorPage(
    asked,
    untrack(() => url),
  );
  return { ...found, first, jobs };
};
