import { orErrorPage } from '#lib/or-error-page.ts';
import { trpc } from '#lib/trpc.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, url, untrack, depends }) => {
  depends('admin:members');
  const api = trpc(fetch);
  const asked = Promise.all([api.member.list.query(), api.member.places.query()]);
  const [found, places] = await orErrorPage(
    asked,
    untrack(() => url),
  );
  return { ...found, places };
};
