import { error } from '@sveltejs/kit';
import { apiError, trpc } from '#lib/trpc.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, params: { token } }) => {
  try {
    return { ticket: await trpc(fetch).ticket.get.query({ jwt: token }) };
  } catch (cause) {
    const refused = apiError(cause);
    if (refused?.refusal === 'not_found') error(404, { message: 'ticket_not_found' });
    error(refused?.httpStatus ?? 503, { message: 'failed' });
  }
};
