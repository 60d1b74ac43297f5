import { orErrorPage } from '#lib/or-error-page.ts';
import { trpc } from '#lib/trpc.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, params, url, depends, untrack }) => {
  depends('admin:forms');
  const asked = trpc(fetch).accreditation.forms.query({ eventSlug: params.event });
  return {
    forms: await orErrorPage(
      asked,
      untrack(() => url),
    ),
  };
};
