import { trpc } from '#lib/trpc.ts';
import { byLink } from '../../load-by-link.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, params, url, depends }) => {
  depends('apply:application');
  const link = { publicId: params.id, key: url.searchParams.get('key') ?? '' };
  return { link, application: await byLink(trpc(fetch).application.view.query(link)) };
};
