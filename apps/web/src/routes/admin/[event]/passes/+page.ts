import { orErrorPage } from '#lib/or-error-page.ts';
import { trpc } from '#lib/trpc.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, params, url, untrack }) => {
  const api = trpc(fetch);
  const eventSlug = params.event;
  const asked = Promise.all([
    api.pass.search.mutate({ eventSlug }),
    api.pass.filterChoices.query({ eventSlug }),
  ]);
  const [passes, choices] = await orErrorPage(
    asked,
    untrack(() => url),
  );
  return { passes, choices };
};
