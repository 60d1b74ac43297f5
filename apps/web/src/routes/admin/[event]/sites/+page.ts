import { orErrorPage } from '#lib/or-error-page.ts';
import { trpc } from '#lib/trpc.ts';
import type { PageLoad } from './$types';
import { askSplit } from './ask-split.ts';

export const load: PageLoad = async ({ fetch, params, url, untrack }) => ({
  split: await orErrorPage(
    askSplit(trpc(fetch), params.event),
    untrack(() => url),
  ),
});
