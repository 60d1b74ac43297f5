import { trpc } from '#lib/trpc.ts';
import type { LayoutLoad } from './$types';

export const load: LayoutLoad = async ({ fetch }) => ({
  // A page without its cart is better than none; the cart asks again when the page has started.
  hold: await trpc(fetch)
    .hold.get.query()
    .catch(() => null),
});
