import { orErrorPage } from '#lib/or-error-page.ts';
import { trpc } from '#lib/trpc.ts';
import type { PageLoad } from './$types';
import { orderSearchOf, readOrderWish } from './order-wish.ts';

export const load: PageLoad = async ({ fetch, params, url, untrack }) => {
  const wish = readOrderWish(untrack(() => url.searchParams));
  const asked = trpc(fetch).order.search.mutate({
    eventSlug: params.event,
    ...orderSearchOf(wish),
  });
  const orders = await orErrorPage(
    asked,
    untrack(() => url),
  );
  return { orders, wish };
};
