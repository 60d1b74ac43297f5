import { redirect } from '@sveltejs/kit';
import { orErrorPage } from '#lib/or-error-page.ts';
import { trpc } from '#lib/trpc.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, url }) => {
  const events = await orErrorPage(trpc(fetch).event.own.query(), url);
  const [only, ...others] = events;
  if (only && others.length === 0) redirect(303, `/control/${only.slug}`);
  return { events };
};
