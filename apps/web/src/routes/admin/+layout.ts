import { orErrorPage } from '#lib/or-error-page.ts';
import { trpc } from '#lib/trpc.ts';
import type { LayoutLoad } from './$types';

/** What the event list and the event switcher show, asked again when an event changed; and how a venue stands with its cloud. */
export const load: LayoutLoad = async ({ fetch, url, data, depends, untrack }) => {
  depends('admin:events');
  const here = untrack(() => url);
  const api = trpc(fetch);
  const [events, site] = await Promise.all([
    orErrorPage(api.event.own.query(), here),
    api.site.status.query().catch(() => null),
  ]);
  return { ...data, events, site };
};
