import { orErrorPage } from '#lib/or-error-page.ts';
import { trpc } from '#lib/trpc.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, params, url }) => ({
  plan: await orErrorPage(trpc(fetch).live.plan.query({ eventSlug: params.slug }), url),
});
