import { error } from '@sveltejs/kit';
import { apiError, trpc } from '#lib/trpc.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, params: { token }, depends }) => {
  depends('ticket:confirm');
  try {
    return { asked: await trpc(fetch).confirmation.own.query({ jwt: token }), token };
  } catch (cause) {
    const refused = apiError(cause);
    const isGone = refused?.refusal === 'not_found' || refused?.refusal === 'pass_not_valid';
    if (isGone) error(404, { message: 'ticket_not_found' });
    error(refused?.httpStatus ?? 503, { message: 'failed' });
  }
};
