import { orErrorPage } from '#lib/or-error-page.ts';
import { trpc } from '#lib/trpc.ts';
import type { LayoutLoad } from './$types';

/** What the event list and the event switcher show; asked again when an event changed. */
export const load: LayoutLoad = async ({ fetch, url, data, depends, untrack }) => {
  depends('admin:events');
  const here = untrack(() => url);
  return { ...data, events: await orErrorPage(trpc(fetch).event.own.query(), here) };
};
