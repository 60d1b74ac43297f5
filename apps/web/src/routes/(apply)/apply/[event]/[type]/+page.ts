import { error } from '@sveltejs/kit';
import { trpc } from '#lib/trpc.ts';
import { byLink } from '../../../load-by-link.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, params }) => {
  const typeNo = Number(params.type);
  if (!Number.isSafeInteger(typeNo)) error(404, { message: 'not_found' });
  const asked = trpc(fetch).application.form.query({ eventSlug: params.event, typeNo });
  return { eventSlug: params.event, found: await byLink(asked) };
};
