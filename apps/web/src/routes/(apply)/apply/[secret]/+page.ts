import { trpc } from '#lib/trpc.ts';
import { byLink } from '../../load-by-link.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, params, depends }) => {
  depends('apply:delegation');
  const { secret } = params;
  return { secret, own: await byLink(trpc(fetch).application.delegation.query({ secret })) };
};
