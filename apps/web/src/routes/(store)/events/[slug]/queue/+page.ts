import { error } from '@sveltejs/kit';
import { apiError, trpc } from '#lib/trpc.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, params: { slug } }) => {
  const api = trpc(fetch);
  try {
    const [event, { room }] = await Promise.all([
      api.event.get.query({ slug }),
      api.waitingRoom.look.query({ slug }),
    ]);
    return { event, room };
  } catch (cause) {
    if (apiError(cause)?.refusal === 'not_found') error(404, 'event_not_found');
    throw cause;
  }
};
