import { orErrorPage } from '#lib/or-error-page.ts';
import { trpc } from '#lib/trpc.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, url, untrack }) => ({
  audit: await orErrorPage(
    trpc(fetch).audit.search.query({}),
    untrack(() => url),
  ),
});
