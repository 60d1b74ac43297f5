import { error } from '@sveltejs/kit';
import { orErrorPage } from '#lib/or-error-page.ts';
import { apiError, trpc } from '#lib/trpc.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, params: { slug }, url, untrack }) => {
  const api = trpc(fetch);
  // For members, before it is published.
  if (url.searchParams.has('preview')) {
    const asked = api.event.preview.query({ eventSlug: slug });
    const here = untrack(() => url);
    return { ...(await orErrorPage(asked, here)), room: null, isPreview: true };
  }
  try {
    const [event, availability, { room }] = await Promise.all([
      api.event.get.query({ slug }),
      api.event.availability.query({ slug }),
      api.waitingRoom.look.query({ slug }),
    ]);
    return { event, availability, room, isPreview: false };
  } catch (cause) {
    if (apiError(cause)?.refusal === 'not_found') error(404, 'event_not_found');
    throw cause;
  }
};
