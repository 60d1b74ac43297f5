import { trpc } from '#lib/trpc.ts';
import type { LayoutLoad } from './$types';

export const load: LayoutLoad = async ({ fetch }) => {
  const api = trpc(fetch);
  const [hold, site] = await Promise.all([
    // A page without its cart is better than none; the cart asks again when the page has started.
    api.hold.get.query().catch(() => null),
    api.site.status.query().catch(() => null),
  ]);
  return { hold, site };
};
