import { orErrorPage } from '#lib/or-error-page.ts';
import { trpc } from '#lib/trpc.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, params, url, untrack }) => {
  const here = untrack(() => url);
  const eventSlug = params.event;
  const api = trpc(fetch);
  const [first, forms, delegations] = await orErrorPage(
    Promise.all([
      api.accreditation.search.mutate({ eventSlug, state: 'submitted' }),
      api.accreditation.forms.query({ eventSlug }),
      api.delegation.list.query({ eventSlug }),
    ]),
    here,
  );
  return { first, forms, delegations };
};
