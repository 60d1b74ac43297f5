import { error } from '@sveltejs/kit';
import { apiError, trpc } from '#lib/trpc.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, params }) => {
  try {
    return { plan: await trpc(fetch).live.plan.query({ eventSlug: params.slug }) };
  } catch (failure) {
    if (apiError(failure)?.refusal === 'not_found') error(404);
    throw failure;
  }
};
