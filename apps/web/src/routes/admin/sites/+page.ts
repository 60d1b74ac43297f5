import { orErrorPage } from '#lib/or-error-page.ts';
import { trpc } from '#lib/trpc.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, url, untrack }) => {
  const api = trpc(fetch);
  const asked = Promise.all([api.site.list.query(), api.site.sharing.query()]);
  const [list, events] = await orErrorPage(
    asked,
    untrack(() => url),
  );
  return { sites: { ...list, events } };
};
