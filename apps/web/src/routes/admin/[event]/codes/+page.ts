import { orErrorPage } from '#lib/or-error-page.ts';
import { trpc } from '#lib/trpc.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, params, url, untrack }) => {
  const here = untrack(() => url);
  const api = trpc(fetch);
  const eventSlug = params.event;
  const [codes, { types }, setUp] = await Promise.all([
    orErrorPage(api.voucher.list.query({ eventSlug }), here),
    orErrorPage(api.passType.list.query({ eventSlug, kind: 'ticket' }), here),
    orErrorPage(api.event.setUp.query({ eventSlug }), here),
  ]);
  return { codes, types, setUp };
};
