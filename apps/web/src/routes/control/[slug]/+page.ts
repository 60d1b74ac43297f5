import { orErrorPage } from '#lib/or-error-page.ts';
import { trpc } from '#lib/trpc.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, params, url }) => {
  const api = trpc(fetch);
  const [plan, site] = await Promise.all([
    orErrorPage(api.live.plan.query({ eventSlug: params.slug }), url),
    api.site.status.query().catch(() => null),
  ]);
  return { plan, site };
};
