import { error } from '@sveltejs/kit';
import { apiError, trpc } from '#lib/trpc.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, params, url }) => {
  const link = { publicId: params.id, key: url.searchParams.get('key') ?? '' };
  try {
    const api = trpc(fetch);
    const [order, providers] = await Promise.all([
      api.order.view.query(link),
      api.payment.providers.query(),
    ]);
    return { link, order, providers };
  } catch (cause) {
    const refused = apiError(cause);
    // An id of another form is as wrong as a key that does not fit.
    if (refused?.refusal === 'not_found' || refused?.fields) error(404, { message: 'not_found' });
    error(refused?.httpStatus ?? 503, { message: 'failed' });
  }
};
