import { orErrorPage } from '#lib/or-error-page.ts';
import { trpc } from '#lib/trpc.ts';
import type { PageLoad } from './$types';
import { passSearchOf, readPassWish } from './pass-wish.ts';

export const load: PageLoad = async ({ fetch, params, url, untrack }) => {
  const api = trpc(fetch);
  const eventSlug = params.event;
  const wish = readPassWish(untrack(() => url.searchParams));
  const asked = Promise.all([
    api.pass.search.mutate({ eventSlug, ...passSearchOf(wish) }),
    api.pass.filterChoices.query({ eventSlug }),
  ]);
  const [passes, choices] = await orErrorPage(
    asked,
    untrack(() => url),
  );
  return { passes, choices, wish };
};
