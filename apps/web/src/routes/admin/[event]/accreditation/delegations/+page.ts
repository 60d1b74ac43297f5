import { orErrorPage } from '#lib/or-error-page.ts';
import { trpc } from '#lib/trpc.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, params, url, depends, untrack }) => {
  depends('admin:delegations');
  const api = trpc(fetch);
  const request = { eventSlug: params.event };
  const asked = Promise.all([
    api.delegation.list.query(request),
    api.accreditation.forms.query(request),
  ]);
  const [delegations, forms] = await orErrorPage(
    asked,
    untrack(() => url),
  );
  return { delegations, forms };
};
